import type { Config, PackName, TenantConfig } from '../config';
import { BotError } from '../errors';
import type { GraphRead, GraphWrite } from './client';
import { authorityOrigin, graphOrigin } from './egress';
import { GraphClock } from './graph-clock';
import { probePack, type ProbeResult } from './probe';
import { realPace, type Pace } from './pace';
import { GraphReader, type Station } from './reader';
import { Tokens } from './tokens';
import { Wire } from './wire/wire';
import type { Patience } from './wire/retry';
import { GraphWriter } from './writer';

export type GraphConfig = Pick<
  Config,
  'mode' | 'graphBaseUrl' | 'authorityUrl' | 'writesEnabled' | 'tenants' | 'packs'
>;

export interface GraphParts {
  readonly fetch?: typeof fetch;
  readonly pace?: Pace;
  readonly patience?: Patience;
}

export interface Graph {
  /** Graph's time as its last answer told it. */
  now(): Date;
  /** @throws BotError `not-allowed` for a tenant outside the settings (I12) */
  read(tenantId: string): GraphRead;
  /**
   * For `plan/apply` only. `clientRequestId` goes with every write of this writer, so that the intent row can name it
   * beforehand (I22); made up per call when left out. @throws BotError as `read`
   */
  write(tenantId: string, clientRequestId?: string): GraphWrite;
  /** Forgets the tokens of a tenant, so that new consent shows (facts 1.1). */
  dropTokens(tenantId: string): void;
  /** Which permissions of a pack work in a tenant, by harmless reads; never throws for missing consent. */
  probe(tenantId: string, pack: PackName): Promise<readonly ProbeResult[]>;
}

const usualPatience: Patience = { tries: 5, totalSeconds: 180 };

/** The Graph layer over all tenants of the settings. @throws BotError `bad-settings` for a foreign address */
export function createGraph(config: GraphConfig, parts: GraphParts = {}): Graph {
  const pace = parts.pace ?? realPace;
  const send = parts.fetch ?? fetch;
  const origin = graphOrigin(config);
  const surroundings = { authority: authorityOrigin(config), mode: config.mode, fetch: send };
  const tokens = new Tokens(config.packs, `${origin}/.default`, surroundings, pace);
  const clock = new GraphClock();
  const wire = new Wire({
    origin,
    areWritesEnabled: config.writesEnabled === true,
    tokens,
    pace,
    patience: parts.patience ?? usualPatience,
    fetch: clock.watch(send),
  });
  const station = (tenantId: string): Station => {
    const tenant = allowedTenant(config.tenants, tenantId);
    return { wire, origin, pace, tenantId: tenant.tenantId, tenantName: tenant.displayName };
  };
  return {
    now: () => clock.now(),
    read: (tenantId) => new GraphReader(station(tenantId)),
    write: (tenantId, clientRequestId) => new GraphWriter(station(tenantId), clientRequestId),
    dropTokens: (tenantId) => tokens.drop(allowedTenant(config.tenants, tenantId).tenantId),
    probe: async (tenantId, pack) => {
      const graph = new GraphReader(station(tenantId));
      const { displayName } = allowedTenant(config.tenants, tenantId);
      const request = {
        tenantId: graph.tenantId,
        tenantName: displayName,
        pack,
        needs: [],
        doing: `probing ${displayName}`,
      };
      return probePack(pack, { graph, roles: async () => tokens.roles(request) });
    },
  };
}

function allowedTenant(tenants: readonly TenantConfig[], tenantId: string): TenantConfig {
  const found = tenants.find((tenant) => tenant.tenantId.toLowerCase() === tenantId.toLowerCase());
  if (found) return found;
  throw new BotError('not-allowed', 'choosing a tenant', 'Name the tenant in the settings first.');
}
