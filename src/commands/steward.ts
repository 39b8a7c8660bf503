import { workingCard } from '../cards/working';
import type { Config } from '../config';
import type { Graph } from '../graph/create-graph';
import type { Steering } from '../jobs/steering';
import type { Tenant } from '../plan/types';
import type { Store } from '../store/db';
import type { AdaptiveCard, Messenger } from '../store/ports';
import { AuditDesk, type ExportFile } from './audit-desk';
import type { Answer, Incoming, Steward } from './command';
import { consentCallback, type ConsentAnswer } from './consent-callback';
import { ConsentDesk } from './consent-desk';
import { answerDecision } from './decisions';
import { showExport, takeExport, type ExportPage } from './export-page';
import { noticeDesk, type NoticeDesk } from './notice-desk';
import { Once } from './once';
import { planDesk, type SteeringDoors } from './plan-desk';
import { Pool } from './pool';
import { faultCard, strangerCard } from './refusals';
import { answerLine } from './route-line';
import { durably } from './running-reads';
import { scanDesk, type ScanDesk } from './scan-desk';
import { Shown } from './shown';
import { ShownConsents } from './shown-consents';
import { Standings } from './standing';
import { TenantNames } from './tenant-names';
import { welcome } from './welcome';

export interface StewardParts {
  readonly config: Pick<Config, 'tenants' | 'authorityUrl' | 'publicUrl' | 'packs'>;
  readonly graph: Pick<Graph, 'read' | 'probe' | 'dropTokens' | 'now'>;
  readonly store: Store;
  readonly steering: Pick<Steering, SteeringDoors | 'watchAnew'>;
  readonly messenger: Messenger;
  /** Milliseconds until a "working" card is shown instead; tests shorten it. */
  readonly patienceMs?: number;
}

/** The Steward and the callback of the consent page, which the edge serves at `GET /consent`. */
export interface WorkingSteward extends Steward {
  consentCallback(query: Readonly<Record<string, string | undefined>>): Promise<ConsentAnswer>;
  /** `GET /export`: the page behind the link of `export audit`; changes nothing. */
  showExport(query: Readonly<Record<string, string | undefined>>): Promise<ExportPage>;
  /** `POST /export`: the file, once. */
  takeExport(query: Readonly<Record<string, string | undefined>>): Promise<ExportFile | ExportPage>;
}

/** Everything an answer is made with; one per process. */
export interface Desk {
  readonly parts: StewardParts;
  readonly tenants: TenantNames;
  readonly standings: Standings;
  readonly consents: ConsentDesk;
  readonly shownConsents: ShownConsents;
  readonly plans: ReturnType<typeof planDesk>;
  readonly scans: ScanDesk;
  readonly audits: AuditDesk;
  readonly notices: NoticeDesk;
}

/** An answer, and what is said instead when it comes too late to replace the pressed card. */
export interface Reply extends Answer {
  readonly lateCard?: AdaptiveCard;
}

const usualPatienceMs = 1_000;
/** Works at a time, and in the queue. */
const [atOnce, queued] = [16, 200];
/** Presses of decisions never wait behind reads: they are stored first (decisions, Press protocol). */
const [pressesAtOnce, pressesQueued] = [64, 500];

/** Wires the commands to the parts behind them. It never throws: whatever goes wrong is a card. */
export function createSteward(parts: StewardParts): WorkingSteward {
  const read = (tenantId: string) => parts.graph.read(tenantId);
  const desk: Desk = {
    parts,
    tenants: new TenantNames(parts.config.tenants, read),
    standings: new Standings(parts.config.tenants, read),
    consents: new ConsentDesk(parts.config, parts.graph, parts.store),
    shownConsents: new ShownConsents(parts.store, parts.messenger),
    plans: planDesk(parts.steering, parts.store),
    scans: scanDesk(parts.store),
    audits: new AuditDesk(parts.store),
    notices: noticeDesk(parts.steering, parts.store),
  };
  const reads = new Pool(atOnce, queued);
  const presses = new Pool(pressesAtOnce, pressesQueued);
  const once = new Once<Answer>(5_000, 10 * 60_000);
  return {
    async answer(incoming) {
      const home = homeOf(desk, incoming);
      if (!home) return { card: strangerCard(), asMessage: true };
      const { tenantId, objectId } = incoming.person;
      const key = `${tenantId} ${objectId} ${incoming.activityId} ${incoming.content.type}`;
      const shown = new Shown();
      const pool = incoming.content.type === 'decision' ? presses : reads;
      const work = () => pool.run(() => answerNow(desk, incoming, home, shown));
      if (incoming.content.type === 'refresh') return caught(incoming, work);
      return once.run(key, () =>
        listening(
          shown,
          caught(incoming, () => inTime(desk, incoming, work)),
        ),
      );
    },
    installed: (conversation) => welcome(desk, conversation),
    showExport: (query) => showExport(query, desk),
    takeExport: (query) => takeExport(query, desk),
    consentCallback: (query) =>
      consentCallback(query, {
        tenants: desk.tenants,
        consents: desk.consents,
        forget: () => desk.standings.forget(),
        show: (taken, card) => desk.shownConsents.show(taken.conversationId, card),
      }),
  };
}

/** The person's tenant, when both the person and the conversation belong to one of the settings (teams A9). */
function homeOf({ tenants }: Desk, { person, conversation }: Incoming): Tenant | undefined {
  return tenants.byId(conversation.tenantId) && tenants.byId(person.tenantId);
}

async function answerNow(desk: Desk, incoming: Incoming, home: Tenant, shown: Shown): Promise<Reply> {
  const { content } = incoming;
  const isPersonal = incoming.conversation.kind === 'personal';
  switch (content.type) {
    case 'text':
      return answerLine(desk, incoming, home, content.text, {}, shown);
    case 'command':
      return {
        ...(await answerLine(desk, incoming, home, content.command, content.inputs, shown)),
        asMessage: true,
      };
    case 'decision':
      return answerDecision(desk, incoming, content);
    case 'refresh':
      return {
        card: (await desk.plans.currentCard(content.planId, incoming.person, isPersonal)) ?? strangerCard(),
      };
  }
}

/** The answer itself when it comes within the patience, else a card that says so and the answer `later`. */
async function inTime(desk: Desk, incoming: Incoming, work: () => Promise<Reply>): Promise<Reply> {
  const patience = desk.parts.patienceMs ?? usualPatienceMs;
  const running = caught(incoming, work);
  const late = Symbol('late');
  let timer: NodeJS.Timeout | undefined;
  const waiting = new Promise<typeof late>((resolve) => {
    timer = setTimeout(() => resolve(late), patience);
  });
  const first = await Promise.race([running, waiting]);
  clearTimeout(timer);
  if (first !== late) return first;
  const isDecision = incoming.content.type === 'decision';
  const card = workingCard({
    title: isDecision ? 'Checking your role' : 'Reading',
    sentence: isDecision
      ? 'Your role is read from Microsoft Entra now. Nothing is decided before that.'
      : 'I am asking Microsoft Graph. This message is replaced by the answer.',
    progress: null,
    since: new Date().toISOString(),
  });
  return durably(desk.parts.store, incoming, card, running);
}

async function caught(incoming: Incoming, work: () => Promise<Reply>): Promise<Reply> {
  try {
    return await work();
  } catch (error) {
    const { content } = incoming;
    const line = content.type === 'command' ? content.command : content.type === 'text' ? content.text : null;
    const isShort = line !== null && line.length <= 200;
    return { card: faultCard(error, incoming.activityId, isShort ? line : null), asMessage: true };
  }
}

/** Passes on which message shows the answer. */
async function listening(shown: Shown, answering: Promise<Reply>): Promise<Answer> {
  const answer = await answering;
  return {
    ...answer,
    async onShown(activityId) {
      shown.tell(activityId);
      await answer.onShown?.(activityId);
    },
  };
}
