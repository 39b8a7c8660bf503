import { pageHtml } from './consent-page';

/** What a browser shows for a link to an export. Plain text; it is escaped here. */
export interface ExportPage {
  readonly status: 200 | 400;
  readonly title: string;
  readonly text: string;
  readonly button: string | null;
}

/** Nothing may run in it, nothing is fetched, and its button leads nowhere but to this bot. */
export const exportPagePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/** @param key of the link: letters, digits, `-` and `_` */
export function exportPageHtml({ title, text, button }: ExportPage, key: string): string {
  const action = `/export?key=${encodeURIComponent(key)}`;
  return pageHtml({ title, text }, button === null ? null : { title: button, action });
}
