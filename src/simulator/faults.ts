import { z } from 'zod/v4';
import { hashText, mix } from './hash';
import type { Json, TenantState } from './world';

/** One fault as `POST /_control/faults` takes it. `pathPattern` is a substring, or a glob with `*` over the whole path. */
export const faultSchema = z.strictObject({
  tenant: z.string().optional(),
  method: z.string().optional(),
  pathPattern: z.string().optional(),
  /** How many times it strikes; without end when left out. */
  count: z.int().positive().optional(),
  /** Lets this many fitting requests pass first. */
  skip: z.int().nonnegative().optional(),
  /** 0..1, decided from the seed and the number of the request. */
  probability: z.number().min(0).max(1).optional(),
  status: z.int().min(400).max(599).optional(),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.json().optional(),
  latencyMs: z.int().nonnegative().max(600_000).optional(),
  /** Cuts the connection before anything happens. */
  reset: z.boolean().optional(),
  /** Lets the effect happen, then cuts the connection. */
  dropAfterEffect: z.boolean().optional(),
  /** Keeps the answer back for this long once the effect has happened. */
  holdAfterEffectMs: z.int().nonnegative().max(600_000).optional(),
  /** After a write, reads of the object answer as before for this long (real ms). */
  lagMs: z.int().nonnegative().max(600_000).optional(),
});

export type Fault = z.infer<typeof faultSchema>;

export interface ArmedFault extends Fault {
  readonly id: number;
  hits: number;
  seen: number;
}

/** Everything that strikes one request, put together. */
export interface Strike {
  readonly latencyMs: number;
  readonly reset: boolean;
  readonly dropAfterEffect: boolean;
  readonly holdAfterEffectMs: number;
  readonly lagMs: number;
  readonly answer: { status: number; headers: Record<string, string>; body: Json | undefined } | null;
}

export class Faults {
  private armed: ArmedFault[] = [];
  private next = 1;

  constructor(private readonly seed: string) {}

  add(faults: readonly Fault[]): ArmedFault[] {
    const added = faults.map((fault) => ({ ...fault, id: this.next++, hits: 0, seen: 0 }));
    this.armed.push(...added);
    return added;
  }

  list(): readonly ArmedFault[] {
    return this.armed;
  }

  clear(): void {
    this.armed = [];
  }

  /** What strikes this request; spends the counts. */
  strike(tenant: TenantState | null, method: string, path: string): Strike {
    const hits = this.armed.filter((fault) => this.fits(fault, tenant, method, path));
    this.armed = this.armed.filter((fault) => fault.count === undefined || fault.hits < fault.count);
    const answering = hits.find((fault) => fault.status !== undefined);
    return {
      latencyMs: Math.max(0, ...hits.map((fault) => fault.latencyMs ?? 0)),
      reset: hits.some((fault) => fault.reset === true),
      dropAfterEffect: hits.some((fault) => fault.dropAfterEffect === true),
      holdAfterEffectMs: Math.max(0, ...hits.map((fault) => fault.holdAfterEffectMs ?? 0)),
      lagMs: Math.max(0, ...hits.map((fault) => fault.lagMs ?? 0)),
      answer: answering
        ? {
            status: answering.status ?? 500,
            headers: answering.headers ?? {},
            body: answering.body as Json | undefined,
          }
        : null,
    };
  }

  private fits(fault: ArmedFault, tenant: TenantState | null, method: string, path: string): boolean {
    if (fault.tenant && fault.tenant !== tenant?.key && fault.tenant !== tenant?.tenantId) return false;
    if (fault.method && fault.method.toUpperCase() !== method) return false;
    if (fault.pathPattern && !pathFits(fault.pathPattern, path)) return false;
    fault.seen += 1;
    if (fault.seen <= (fault.skip ?? 0)) return false;
    if (fault.probability !== undefined) {
      const roll = mix(hashText(this.seed), fault.id, fault.seen) / 0x1_0000_0000;
      if (roll >= fault.probability) return false;
    }
    fault.hits += 1;
    return true;
  }
}

/** Substring, or with `*` a glob over the whole path (`*` spans anything). No regular expression is built. */
export function pathFits(pattern: string, path: string): boolean {
  if (!pattern.includes('*')) return path.includes(pattern);
  const parts = pattern.split('*');
  const [first = ''] = parts;
  const last = parts[parts.length - 1] ?? '';
  if (!path.startsWith(first) || !path.endsWith(last) || path.length < first.length + last.length)
    return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = path.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= path.length - last.length;
}
