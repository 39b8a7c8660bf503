import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What differs from run to run, made equal; the same value gets the same name within one text. */
export function settled(text: string): string {
  const names = new Map<string, string>();
  const name = (kind: string) => (found: string) => {
    const known = names.get(found);
    if (known) return known;
    const fresh = `<${kind} ${[...names.values()].filter((one) => one.startsWith(`<${kind} `)).length + 1}>`;
    names.set(found, fresh);
    return fresh;
  };
  return text
    .replace(/http:\/\/127\.0\.0\.1:\d+/g, '<origin>')
    .replace(/"nonce": "[^"]+"/g, '"nonce": "<nonce>"')
    .replace(/state=[\w-]{40,}/g, 'state=<state>')
    .replace(/key=[\w-]{43}/g, 'key=<key>')
    .replace(/\b\d+(?=:[0-9a-f]{64}\b)/g, '<number>')
    .replace(/\b[0-9a-f]{64}\b/g, name('hash'))
    .replace(/\b\d+ records\b/g, '<number> records')
    .replace(/\brecords \d+ to \d+\b/g, 'records <number> to <number>')
    .replace(/\b[A-Z]\\{0,2}-[0-9A-Z]{5}\b/g, '<code>')
    .replace(/\{\{(DATE|TIME)\([^)]*\)\}\}/g, '<$1>')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, '<time>')
    .replace(/\b\d{4}-\d\d-\d\d \d\d:\d\d( UTC)?/g, '<time>')
    .replace(/\b\d{1,2} [A-Z][a-z]{2} \d{4},? \d\d:\d\d( UTC)?/g, '<time>')
    .replace(/\b\d\d:\d\d UTC/g, '<time>')
    .replace(/in \d+ min|\d+ min ago|just now/g, '<while>')
    .replace(/[0-9a-f]{8}(\\{0,2}-[0-9a-f]{4}){3}\\{0,2}-[0-9a-f]{12}/gi, name('id'))
    .replace(/\b[0-9a-f]{8}…/g, name('short id'));
}

/** Compares with `golden/<name>.json` beside the test; `UPDATE_GOLDEN=1` writes it. */
export function expectGolden(testFile: string, name: string, value: unknown): void {
  expectGoldenText(join(dirname(testFile), 'golden', `${name}.json`), JSON.stringify(value, null, 2) + '\n');
}

/** Compares a text with a file; `UPDATE_GOLDEN=1` writes it. */
export function expectGoldenText(file: string, given: string): void {
  const text = settled(given);
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  expect(existsSync(file) ? readFileSync(file, 'utf8') : `${file} is missing`).toBe(text);
}
