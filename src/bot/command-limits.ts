import type { Config } from '../config';
import type { Incoming } from '../commands/command';
import { log } from '../log';
import { CommandRate } from './command-rate';

/** Whose limit was reached, and how long until the next command. */
export interface TooMany {
  readonly of: 'person' | 'tenant';
  readonly perMinute: number;
  readonly seconds: number;
  /** `false` when the same was said a moment ago: a flood is not answered by a flood. */
  readonly isNews: boolean;
}

export const usualCommandsPerMinute = { person: 30, tenant: 300 } as const;

/** How many commands and presses a person, and all people of a tenant together, may send (C2 14). */
export class CommandLimits {
  readonly #person: CommandRate;
  readonly #tenant: CommandRate;

  constructor(
    { person, tenant }: NonNullable<Config['commandsPerMinute']> = usualCommandsPerMinute,
    now = Date.now,
  ) {
    this.#person = new CommandRate(person, now);
    this.#tenant = new CommandRate(tenant, now);
  }

  /** Null when the work may begin. What Teams asks on its own (a refresh) does not count. */
  check({ person: { tenantId, objectId }, content }: Incoming): TooMany | null {
    if (content.type === 'refresh') return null;
    const key = `${tenantId} ${objectId}`;
    const own = this.#person.take(key);
    if (own) return this.#tooMany('person', own, tenantId);
    const shared = this.#tenant.take(tenantId);
    if (!shared) return null;
    this.#person.giveBack(key);
    return this.#tooMany('tenant', shared, tenantId);
  }

  #tooMany(of: TooMany['of'], wait: { seconds: number; isNews: boolean }, tenantId: string): TooMany {
    if (wait.isNews) log.warn('too many commands', { event: 'too-many-commands', tenantId, reason: of });
    const { perMinute } = of === 'person' ? this.#person : this.#tenant;
    return { of, perMinute, ...wait };
  }
}
