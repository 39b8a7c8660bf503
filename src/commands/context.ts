import type { Graph } from '../graph/create-graph';
import type { Link, Person, Tenant } from '../plan/types';
import type { AuditDesk } from './audit-desk';
import type { Incoming } from './command';
import type { CommandDefinition } from './definition';
import type { NoticeDesk } from './notice-desk';
import type { PlanDesk } from './plan-desk';
import type { ConsentDesk } from './consent-desk';
import type { ScanDesk } from './scan-desk';
import type { AdaptiveCard } from '../store/ports';
import type { ShownConsents } from './shown-consents';
import type { Known } from './standing';
import type { TenantNames } from './tenant-names';

/** What every command is given: who asks, what was named, and the doors it may use. It never gets a `GraphWrite`. */
export interface CommandContext {
  readonly incoming: Incoming;
  readonly person: Person;
  /** The tenant of the person who asks. */
  readonly home: Tenant;
  /** `null` before read consent, when no role can be read; only `bootstrap` commands run then. */
  readonly standing: Known | null;
  /** Looked up already; `null` when the line named none. */
  readonly link: Link | null;
  readonly isPlanOnly: boolean;
  readonly tenants: TenantNames;
  readonly commands: readonly CommandDefinition[];
  readonly graph: Pick<Graph, 'read' | 'probe' | 'dropTokens' | 'now'>;
  readonly plans: PlanDesk;
  readonly notices: NoticeDesk;
  readonly consents: ConsentDesk;
  /** Where consent cards stand, to be changed after consent. */
  readonly shownConsents: ShownConsents;
  /** Calls back with the id of the message that shows this command's card. */
  readonly whenShown: (listener: (activityId: string) => void) => void;
  /** Draws how far a long read is into the message that says "working"; does nothing before there is one. */
  readonly showProgress: (draw: () => AdaptiveCard) => Promise<void>;
  readonly scans: ScanDesk;
  readonly audits: AuditDesk;
  /** Where people's browsers reach the bot. */
  readonly publicUrl: string;
  /** Our own time, for what we store; ages of Graph's data are told by `graph.now()`. */
  readonly now: Date;
}
