import { lt, sql, type SQL } from 'drizzle-orm';
import type { Db } from './db';
import { cards, conversations, sends } from './schema';

/** At most `most` messages, new ones and updates, in any span of `seconds`. */
export interface SendLimit {
  readonly most: number;
  readonly seconds: number;
}

export interface SendPace {
  readonly perThread: readonly SendLimit[];
  readonly perTenant: readonly SendLimit[];
}

/**
 * Below what Teams documents (7 in 1 s, 8 in 2 s, 60 in 30 s and 1,800 in an hour for a thread, 30 in 1 s for a tenant):
 * 14 in 30 s are 1,680 in an hour. The rest is for answers, which are sent at once, and for replicas that take a card at
 * the same moment.
 */
export const teamsPace: SendPace = {
  perThread: [
    { most: 5, seconds: 2 },
    { most: 14, seconds: 30 },
  ],
  perTenant: [{ most: 20, seconds: 1 }],
};

const longestSpanSeconds = 60;

/** The tenant in whose Teams the card's conversation is. */
export const tenantOfCard = sql<string>`(select ${conversations.tenantId} from ${conversations}
  where ${conversations.conversationId} = ${cards.conversationId})`;

/** From when on the card's thread and tenant take one more; `-infinity` when they do now. */
export function openFrom({ perThread, perTenant }: SendPace): SQL {
  const all = [
    ...perThread.map((limit) => endOf(limit, sql`${sends.conversationId} = ${cards.conversationId}`)),
    ...perTenant.map((limit) => endOf(limit, sql`${sends.tenantId} = ${tenantOfCard}`)),
  ];
  return sql`coalesce(greatest(${sql.join(all, sql`, `)}), '-infinity')`;
}

/** When the oldest message of a full span leaves it; null while the span has room. */
function endOf({ most, seconds }: SendLimit, isHere: SQL): SQL {
  const span = sql`make_interval(secs => ${seconds})`;
  return sql`(select ${sends.at} + ${span} from ${sends}
    where ${isHere} and ${sends.at} > clock_timestamp() - ${span}
    order by ${sends.at} desc offset ${most - 1} limit 1)`;
}

/** What no span reaches back to. */
export async function deleteOldSends(db: Db): Promise<void> {
  await db
    .delete(sends)
    .where(lt(sends.at, sql`clock_timestamp() - make_interval(secs => ${longestSpanSeconds})`));
}
