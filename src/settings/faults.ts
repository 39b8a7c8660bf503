import { BotError } from '../errors';

/** Collects what is wrong with the settings, so that one message can name it all. */
export class SettingsFaults {
  readonly #lines: string[] = [];

  /** @param mend one imperative sentence */
  add(key: string, mend: string): void {
    const line = `${key}: ${mend}`;
    if (!this.#lines.includes(line)) this.#lines.push(line);
  }

  /** @throws BotError `bad-settings` when there is any fault; its remedy has one line per fault */
  throwIfAny(hint: string): void {
    if (this.#lines.length === 0) return;
    const lines = this.#lines.map((line) => `  ${line}`).join('\n');
    throw new BotError('bad-settings', 'reading the settings', `Mend these settings:\n${lines}\n${hint}`);
  }
}
