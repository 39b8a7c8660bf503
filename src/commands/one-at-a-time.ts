/**
 * At most one work per key under way in this process; who asks meanwhile gets its outcome, begun or not (C2 14). Nothing
 * is remembered once it ended. Works that must be one across processes are jobs with a `singletonKey`.
 */
export class OneAtATime<T> {
  readonly #running = new Map<string, Promise<T>>();

  /** @returns `isNew: false` when the work was under way already: say so instead of starting it again */
  run(key: string, work: () => Promise<T>): { readonly isNew: boolean; readonly outcome: Promise<T> } {
    const known = this.#running.get(key);
    if (known) return { isNew: false, outcome: known };
    const outcome = work().finally(() => this.#running.delete(key));
    this.#running.set(key, outcome);
    return { isNew: true, outcome };
  }

  isRunning(key: string): boolean {
    return this.#running.has(key);
  }
}
