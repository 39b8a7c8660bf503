import type { Clock } from './clock';
import type { Random } from './random';

interface Version {
  readonly at: number;
  readonly value: string | null;
  /** The `client-request-id` of the write; null for somebody else's. */
  readonly by: string | null;
}

/** One write that reached Graph. */
export interface Sent {
  readonly at: number;
  readonly replica: string;
  readonly operation: string;
  /** `tenant/field`. */
  readonly field: string;
  readonly value: string | null;
  readonly clientRequestId: string;
  /** When it came about; null when it never did. */
  readonly effectAt: number | null;
}

/** A scripted Graph: fields of two tenants, replicas that lag, and a log of every write that reached it. */
export class GraphModel {
  readonly sent: Sent[] = [];
  readonly looks: { readonly at: number; readonly replica: string; readonly field: string }[] = [];
  /** Somebody else's changes. */
  readonly foreign: { readonly at: number; readonly field: string }[] = [];
  private readonly versions = new Map<string, Version[]>();

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly lagSeconds: number,
  ) {
    for (const field of ['aa/member']) this.versions.set(field, [{ at: 0, value: 'assigned', by: null }]);
  }

  /** What one of Graph's replicas shows: each is late by its own measure. */
  look(replica: string, field: string): string | null {
    const { now } = this.clock;
    this.looks.push({ at: now, replica, field });
    const lag = this.random.next() * this.lagSeconds * 1_000;
    return this.newestAt(field, now - lag)?.value ?? null;
  }

  /** What is true, whatever shows. */
  truth(field: string): string | null {
    return this.newestAt(field, this.clock.now)?.value ?? null;
  }

  /** @returns the status that Graph answers; 2xx once it came about */
  write(write: Omit<Sent, 'at' | 'effectAt'>, delay: number | null): number {
    const at = this.clock.now;
    const status = delay === null ? 0 : this.statusOf(write, at + delay);
    const effectAt = delay === null || status >= 300 ? null : at + delay;
    this.sent.push({ ...write, at, effectAt });
    if (effectAt !== null)
      this.put(write.field, { at: effectAt, value: write.value, by: write.clientRequestId });
    return status;
  }

  /** Somebody changes it outside of the bot. */
  change(field: string, value: string): void {
    this.foreign.push({ at: this.clock.now, field });
    this.put(field, { at: this.clock.now, value, by: null });
  }

  /** Versions of a field from a moment on, with the one that stood then. */
  since(field: string, at: number): readonly Version[] {
    const all = this.versions.get(field) ?? [];
    const before = all.filter((one) => one.at <= at).at(-1);
    return [...(before ? [before] : []), ...all.filter((one) => one.at > at)];
  }

  private statusOf({ operation, field }: Omit<Sent, 'at' | 'effectAt'>, at: number): number {
    const present = this.newestAt(field, at)?.value ?? null;
    if (operation.endsWith('.create') && present !== null) return 409;
    if (operation.endsWith('.delete') && present === null) return 404;
    return 204;
  }

  private newestAt(field: string, at: number): Version | undefined {
    return (this.versions.get(field) ?? []).filter((one) => one.at <= at).at(-1);
  }

  private put(field: string, version: Version): void {
    const all = [...(this.versions.get(field) ?? []), version];
    this.versions.set(
      field,
      all.toSorted((a, b) => a.at - b.at),
    );
  }
}
