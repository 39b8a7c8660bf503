const maxEntries = 2_000;
const keepMs = 10 * 60_000;

/**
 * The same activity delivered twice has its effect once (I20): the second one waits for, and gets, the outcome of the
 * first. Bounded (I36); redelivery under a new id is caught further in, by the state of the plan itself.
 */
export class SingleFlight<T> {
  readonly #entries = new Map<string, { readonly at: number; readonly outcome: Promise<T> }>();

  run(key: string, work: () => Promise<T>): Promise<T> {
    this.#forgetOld();
    const known = this.#entries.get(key);
    if (known) return known.outcome;
    const outcome = work();
    this.#entries.set(key, { at: Date.now(), outcome });
    outcome.catch(() => this.#entries.delete(key));
    return outcome;
  }

  #forgetOld(): void {
    const oldest = Date.now() - keepMs;
    for (const [key, { at }] of this.#entries) {
      if (at > oldest && this.#entries.size < maxEntries) return;
      this.#entries.delete(key);
    }
  }
}
