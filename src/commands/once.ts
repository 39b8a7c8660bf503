/** What was answered lately, by key: a repeated activity gets the same answer and has no second effect (I20). */
export class Once<T> {
  private readonly answers = new Map<string, { readonly answer: Promise<T>; readonly at: number }>();

  constructor(
    private readonly most: number,
    private readonly ageMs: number,
    private readonly clock: () => number = Date.now,
  ) {}

  run(key: string, work: () => Promise<T>): Promise<T> {
    const known = this.answers.get(key);
    if (known && this.clock() - known.at < this.ageMs) return known.answer;
    const answer = work();
    this.answers.delete(key);
    this.answers.set(key, { answer, at: this.clock() });
    if (this.answers.size > this.most) {
      const oldest = this.answers.keys().next().value;
      if (oldest !== undefined) this.answers.delete(oldest);
    }
    return answer;
  }
}
