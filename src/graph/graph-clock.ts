/** Graph's own time, from the `Date` header of its answers: ages of Graph's data are told by this clock, not by ours. */
export class GraphClock {
  private aheadMilliseconds = 0;

  /** The same fetch, watched for the header. */
  watch(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
    return async (input, init) => {
      const answer = await fetch(input, init);
      const told = Date.parse(answer.headers.get('date') ?? '');
      if (!Number.isNaN(told)) this.aheadMilliseconds = told - Date.now();
      return answer;
    };
  }

  /** Our own time before the first answer. */
  now(): Date {
    return new Date(Date.now() + this.aheadMilliseconds);
  }
}
