/** Controls but tab and line feed, which a form may hold; NUL among them, which no database takes. */
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** Is it text as a database, a JSON document and an address can hold it: no halves of characters, no controls? */
export function isWhole(value: string): boolean {
  return value.isWellFormed() && value.search(controls) === -1;
}

/** The same text with what `isWhole` refuses taken out or, for half a character, replaced by U+FFFD. */
export function wholeText(value: string): string {
  return value.toWellFormed().replace(controls, '');
}
