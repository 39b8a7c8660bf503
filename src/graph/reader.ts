import { z } from 'zod/v4';
import { BotError } from '../errors';
import { batchAnswerSchema, readBatch } from './batch';
import type { BatchAnswer, GraphList, GraphRead, ListOptions, ReadOptions } from './client';
import { ownPath } from './egress';
import { refusalOf, unreachable, unreadable, type ErrorSetting, type WireAnswer } from './graph-error';
import { jsonInText, text } from './parse';
import type { Pace } from './pace';
import { encoded } from './path';
import { packFor } from './permissions';
import type { Call } from './wire/call-options';
import type { Exchange, Wire, WireRequest } from './wire/wire';

/** Whom a reader or writer serves. */
export interface Station {
  readonly wire: Wire;
  readonly origin: string;
  readonly pace: Pace;
  readonly tenantId: string;
  readonly tenantName: string;
}

/** No list read goes on longer than this, whatever Graph's links say. */
const mostPages = 2000;

const page = z.object({
  value: z.array(z.unknown()),
  '@odata.nextLink': text,
  '@odata.count': z.number().nullish().catch(null),
});

/** GraphRead over the wire; reads only. */
export class GraphReader implements GraphRead {
  constructor(protected readonly station: Station) {}

  get tenantId(): string {
    return this.station.tenantId;
  }

  async get<T>(path: string, options: ReadOptions<T>): Promise<T> {
    const answer = await this.read(withQuery(path, options.query), options);
    return parsed(answer, options.schema, this.setting(options));
  }

  async find<T>(path: string, options: ReadOptions<T>): Promise<T | undefined> {
    try {
      return await this.get(path, options);
    } catch (error) {
      if (error instanceof BotError && error.code === 'not-found') return undefined;
      throw error;
    }
  }

  async list<T>(path: string, options: ListOptions<T>): Promise<GraphList<T>> {
    const items: T[] = [];
    let total: number | null = null;
    for await (const { members, count, isLast } of this.walk(path, options)) {
      total ??= count;
      items.push(...members);
      if (items.length >= options.limit) {
        const isComplete = isLast && items.length === options.limit;
        return { items: items.slice(0, options.limit), isComplete, count: total };
      }
    }
    return { items, isComplete: true, count: total };
  }

  async *pages<T>(path: string, options: ReadOptions<T>): AsyncIterable<readonly T[]> {
    for await (const { members } of this.walk(path, options)) yield members;
  }

  async batchGet<T>(paths: readonly string[], options: ReadOptions<T>): Promise<readonly BatchAnswer<T>[]> {
    const { pace } = this.station;
    const post = async (body: unknown) => {
      const request = { ...this.request('/$batch', options), method: 'POST' as const, body };
      const setting = this.setting(options);
      return parsed(settled(await this.station.wire.exchange(request), setting), batchAnswerSchema, setting);
    };
    return readBatch(paths, options, { post, pace });
  }

  async waitFor<T>(look: () => Promise<T | undefined>, doing: string): Promise<T> {
    const { pace } = this.station;
    const end = pace.now() + 60_000;
    for (let wait = 200; ; wait = Math.min(wait * 2, 8000)) {
      const found = await look();
      if (found !== undefined) return found;
      if (pace.now() + wait > end) {
        throw new BotError(
          'graph-unavailable',
          `${doing} in ${this.station.tenantName}`,
          'Run the command again in a minute: Microsoft has not made it readable yet.',
        );
      }
      await pace.sleep(wait);
    }
  }

  /** One page after the other; each link must be ours and new (safety C4, D2). */
  private async *walk<T>(path: string, options: ReadOptions<T>) {
    const seen = new Set<string>();
    const setting = this.setting(options);
    let next: string | undefined = withQuery(path, options.query);
    while (next !== undefined) {
      const answer: WireAnswer = await this.read(next, options);
      const found: z.output<typeof page> = parsed(answer, page, setting);
      const link: string | null = found['@odata.nextLink'];
      const following: string | undefined =
        link === null ? undefined : this.follow(link, options, seen, setting);
      const members = found.value.map((member) => checked(member, options.schema, answer, setting));
      yield { members, count: found['@odata.count'] ?? null, isLast: following === undefined };
      next = following;
    }
  }

  private follow<T>(link: string, options: ReadOptions<T>, seen: Set<string>, setting: ErrorSetting): string {
    const target = ownPath(link, this.station.origin);
    if (!target || target.version !== (options.version ?? 'v1.0')) {
      throw new BotError('egress-refused', setting.doing, 'Show this to support: Graph linked elsewhere.');
    }
    const next = target.path + target.query;
    if (seen.has(next) || seen.size >= mostPages) {
      throw new BotError('graph-unreadable', setting.doing, 'Show this to support: the pages never end.');
    }
    seen.add(next);
    return next;
  }

  private async read<T>(path: string, options: ReadOptions<T>): Promise<WireAnswer> {
    return settled(await this.station.wire.exchange(this.request(path, options)), this.setting(options));
  }

  private request<T>(path: string, options: ReadOptions<T>): WireRequest {
    const call: Call = {
      tenantId: this.station.tenantId,
      tenantName: this.station.tenantName,
      pack: options.pack ?? packFor(options.permissions),
      needs: [options.permissions],
      doing: this.setting(options).doing,
      isRepeatable: true,
    };
    return { call, method: 'GET', version: options.version ?? 'v1.0', path, headers: options.headers };
  }

  private setting<T>(options: ReadOptions<T>): ErrorSetting {
    const { tenantName } = this.station;
    const permission = options.permissions[0] ?? 'the permission';
    return { doing: `${options.doing} in ${tenantName}`, tenantName, isWrite: false, permission };
  }
}

/** The answer of an exchange that succeeded. @throws BotError otherwise */
export function settled(exchange: Exchange, setting: ErrorSetting): WireAnswer {
  const { answer, error, retryAfterSeconds } = exchange;
  if (error instanceof BotError) throw error;
  if (!answer) throw unreachable(setting, error);
  if (answer.status >= 300) throw refusalOf(answer, { ...setting, retryAfterSeconds });
  return answer;
}

/** The body by its schema. @throws BotError `graph-unreadable`, for a write `graph-ambiguous` */
export function parsed<T>(answer: WireAnswer, schema: z.ZodType<T>, setting: ErrorSetting): T {
  const json = jsonInText(answer.text);
  if (json === undefined && answer.text.trim() !== '') {
    throw unreadable(answer, setting, new Error('the answer is no JSON'));
  }
  return checked(json, schema, answer, setting);
}

function checked<T>(json: unknown, schema: z.ZodType<T>, answer: WireAnswer, setting: ErrorSetting): T {
  const read = schema.safeParse(json);
  if (!read.success) throw unreadable(answer, setting, read.error);
  return read.data;
}

function withQuery(path: string, query: ReadOptions<unknown>['query']): string {
  const pairs = Object.entries(query ?? {}).map(([key, value]) => `${key}=${encoded(value)}`);
  return pairs.length > 0 ? `${path}?${pairs.join('&')}` : path;
}
