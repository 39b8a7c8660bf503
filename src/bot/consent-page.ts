/** What the browser shows after an administrator was on the consent page. Plain text; it is escaped here. */
export interface ConsentPage {
  readonly status: 200 | 400;
  readonly title: string;
  readonly text: string;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const style =
  'body{font:1rem/1.5 "Segoe UI",system-ui,sans-serif;max-width:36rem;margin:4rem auto;padding:0 1rem;' +
  'color-scheme:light dark}h1{font-size:1.5rem;line-height:1.25}';

/** Nothing may run in it, and nothing is fetched. */
export const consentPagePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'";

export function consentPageHtml({ title, text }: ConsentPage): string {
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(title)}</title><style>${style}</style></head>`,
    `<body><main><h1>${escaped(title)}</h1>`,
    `<p>${escaped(text)}</p>`,
    '</main></body></html>',
  ].join('\n');
}
