interface Timer {
  readonly owner: string;
  at: number;
  readonly every: number | null;
  readonly work: () => void;
}

const firstMoment = Date.UTC(2027, 1, 28, 22, 0, 0);

/**
 * The only clock of a schedule: the embedded database reads `Date.now`, so it is the database's clock too. While
 * installed, timers belong to whoever runs when they are set, and fire when the scheduler says so.
 */
export class Clock {
  now = firstMoment;
  /** Milliseconds by which the clock of the replica that runs is wrong; the database's never is. */
  skew = 0;
  /** Who runs just now, owner of the timers that are set; nobody while the database does: it sets alarms for itself. */
  owner = '';
  readonly timers = new Map<number, Timer>();
  private readonly idOf = new WeakMap<object, number>();
  private nextId = 1;

  /** @returns what puts the real clock back */
  install(): () => void {
    const { setTimeout, setInterval, clearTimeout, clearInterval } = globalThis;
    const realNow = Date.now;
    const set = (every: boolean) => (work: () => void, milliseconds: number) => {
      const id = this.nextId++;
      const wait = Math.max(1, milliseconds);
      if (this.owner !== '')
        this.timers.set(id, { owner: this.owner, at: this.now + wait, every: every ? wait : null, work });
      const handle = { unref: () => handle, ref: () => handle };
      this.idOf.set(handle, id);
      return handle;
    };
    // The database may still hold an alarm of another clock: it is none of ours.
    const clear = (handle?: object) => void this.timers.delete((handle && this.idOf.get(handle)) ?? 0);
    Object.assign(globalThis, {
      setTimeout: set(false),
      setInterval: set(true),
      clearTimeout: clear,
      clearInterval: clear,
    });
    Date.now = () => this.now + this.skew;
    return () => {
      Object.assign(globalThis, { setTimeout, setInterval, clearTimeout, clearInterval });
      Date.now = realNow;
    };
  }

  fire(id: number): void {
    const timer = this.timers.get(id);
    if (!timer) return;
    if (timer.every === null) this.timers.delete(id);
    else timer.at = this.now + timer.every; // a stopped process does not catch up
    timer.work();
  }

  /** The process died: its timers with it. */
  drop(owner: string): void {
    for (const [id, timer] of this.timers) if (timer.owner === owner) this.timers.delete(id);
  }
}
