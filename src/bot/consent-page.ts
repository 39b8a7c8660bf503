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
  'color-scheme:light dark}h1{font-size:1.5rem;line-height:1.25}button{font:inherit;padding:.5rem 1rem}';

/** Nothing may run in it, and nothing is fetched. */
export const consentPagePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'";

export function consentPageHtml(page: ConsentPage): string {
  return pageHtml(page, null);
}

/** A title, a sentence and, where there is something to do, one button that posts to this very server. */
export function pageHtml(
  { title, text }: { readonly title: string; readonly text: string },
  button: { readonly title: string; readonly action: string } | null,
): string {
  const form = button
    ? `<form method="post" action="${escaped(button.action)}"><button>${escaped(button.title)}</button></form>`
    : '';
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(title)}</title><style>${style}</style></head>`,
    `<body><main><h1>${escaped(title)}</h1>`,
    `<p>${escaped(text)}</p>${form}`,
    '</main></body></html>',
  ].join('\n');
}
