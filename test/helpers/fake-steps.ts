import { BotError } from '../../src/errors';
import type { ErrorCode } from '../../src/errors';
import type { GraphRead, GraphWrite } from '../../src/graph/client';
import type { Change, Side, Step, StepName, Tier } from '../../src/plan/types';

/** What happens at one write of a field, in order of attempts; after the list all goes well. */
export type Fault =
  | { readonly code: ErrorCode; readonly hasEffect: boolean; readonly retryAfterSeconds?: number }
  /** The process dies: nothing after this point runs. */
  | { readonly crash: 'before' | 'after' };

export class Crash extends Error {}

/** Two tenants as one set of fields, with everything that is done to them written down. */
export class FakeWorld {
  readonly fields = new Map<string, string>();
  /** `field=value` of each write that had its effect. */
  readonly effects: string[] = [];
  /** Each write that was sent, with or without effect. */
  readonly sent: string[] = [];
  readonly faults = new Map<string, Fault[]>();
  /** Looks at a field that still show the state before its last write. */
  readonly lag = new Map<string, number>();
  /** Faults of reads, by field, in order. */
  readonly readFaults = new Map<string, (ErrorCode | BotError)[]>();
  private readonly stale = new Map<string, { value: string | undefined; looks: number }>();

  read(field: string): string | undefined {
    const fault = this.readFaults.get(field)?.shift();
    if (fault instanceof BotError) throw fault;
    if (fault) throw new BotError(fault, `reading ${field}`, 'Try again.');
    const old = this.stale.get(field);
    if (!old || old.looks === 0) return this.fields.get(field);
    old.looks -= 1;
    return old.value;
  }

  write(field: string, value: string): void {
    this.sent.push(`${field}=${value}`);
    const fault = this.faults.get(field)?.shift();
    if (fault && 'crash' in fault && fault.crash === 'before') throw new Crash();
    if (!fault || 'crash' in fault || fault.hasEffect) this.effect(field, value);
    if (fault && 'crash' in fault) throw new Crash();
    if (!fault) return;
    throw new BotError(fault.code, `writing ${field}`, 'Ask somebody.', {
      retryAfterSeconds: fault.retryAfterSeconds,
    });
  }

  private effect(field: string, value: string): void {
    this.effects.push(`${field}=${value}`);
    this.stale.set(field, { value: this.fields.get(field), looks: this.lag.get(field) ?? 0 });
    this.fields.set(field, value);
  }
}

export interface FakeStepOptions {
  readonly name: StepName;
  readonly side: Side;
  /** Fields that shall have these values. */
  readonly wanted: Readonly<Record<string, string>>;
  readonly tier?: Tier;
  readonly operation?: string;
  readonly affectedUsers?: number;
  readonly roleTemplateIds?: readonly string[];
  readonly isUnrepeatable?: boolean;
}

/** A step over a fake world: one change per field that is not as wanted. */
export function fakeStep(world: FakeWorld, options: FakeStepOptions): Step {
  const { name, side, wanted, tier = 'T2', isUnrepeatable = false } = options;
  const step: Step<Record<string, string | undefined>> = {
    name,
    side,
    tier,
    roleTemplateIds: options.roleTemplateIds ?? ['role-a'],
    permissions: [],
    ...(isUnrepeatable ? { isUnrepeatable } : {}),
    title: () => `Step ${name}`,
    meaning: () => 'Nobody notices.',
    observe: async () => Object.fromEntries(Object.keys(wanted).map((field) => [field, world.read(field)])),
    diff: (_context, observed) =>
      Object.entries(wanted)
        .filter(([field, value]) => isUnrepeatable || observed[field] !== value)
        .map(([field, value]): Change => ({
          operation: options.operation ?? 'partners.update',
          title: `Field ${field}`,
          fields: [
            { field, before: isUnrepeatable ? 'as it is' : (observed[field] ?? 'absent'), after: value },
          ],
          parameters: { field, value },
          affectedUsers: options.affectedUsers ?? 0,
          undo: true,
        })),
    async apply(_write, change) {
      world.write(String(change.parameters['field']), String(change.parameters['value']));
      return { requestIds: [`request-${world.sent.length}`] };
    },
  };
  return step as Step;
}

/** Doors that nothing goes through: fake steps keep their world to themselves. */
export const closedGraph = {
  read: (tenantId: string) => ({ tenantId }) as GraphRead,
  write: (tenantId: string) => ({ tenantId, canWrite: true }) as GraphWrite,
};
