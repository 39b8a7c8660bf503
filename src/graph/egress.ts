import { BotError } from '../errors';

/** Graph of each cloud (facts 1.1). */
export const graphOrigins: readonly string[] = [
  'https://graph.microsoft.com',
  'https://graph.microsoft.us',
  'https://dod-graph.microsoft.us',
  'https://microsoftgraph.chinacloudapi.cn',
];

const authorityOrigins: readonly string[] = [
  'https://login.microsoftonline.com',
  'https://login.microsoftonline.us',
  'https://login.partner.microsoftonline.cn',
];

export interface EgressConfig {
  readonly mode: 'production' | 'local';
  readonly graphBaseUrl: string;
  readonly authorityUrl: string;
}

/** The only origin that Graph requests go to (I34). @throws BotError `bad-settings` */
export function graphOrigin(config: EgressConfig): string {
  return checkedOrigin(config.graphBaseUrl, graphOrigins, config.mode, 'GRAPH_BASE_URL');
}

/** The only origin that tokens are asked from. @throws BotError `bad-settings` */
export function authorityOrigin(config: EgressConfig): string {
  return checkedOrigin(config.authorityUrl, authorityOrigins, config.mode, 'AUTHORITY_URL');
}

function checkedOrigin(
  address: string,
  known: readonly string[],
  mode: EgressConfig['mode'],
  setting: string,
): string {
  const url = parseUrl(address);
  const isPlain = url !== null && url.pathname === '/' && url.search === '' && url.username === '';
  if (isPlain && known.includes(url.origin)) return url.origin;
  if (isPlain && mode === 'local' && isLoopback(url)) return url.origin;
  throw new BotError(
    'bad-settings',
    `checking ${setting}`,
    `Set ${setting} to one of ${known.join(', ')}${mode === 'local' ? ' or a loopback address' : ''}.`,
  );
}

export function isLoopback(url: URL): boolean {
  return ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
}

/** Path with version removed, when the address is ours; `undefined` otherwise. */
export function ownPath(
  address: string,
  origin: string,
): { version: string; path: string; query: string } | undefined {
  const url = parseUrl(address);
  const match = url && /^\/(v1\.0|beta)(\/.*)$/.exec(url.pathname);
  if (!url || !match || url.origin !== origin || url.username !== '' || url.password !== '') return undefined;
  return { version: match[1] ?? '', path: match[2] ?? '', query: url.search };
}

function parseUrl(address: string): URL | null {
  return URL.canParse(address) ? new URL(address) : null;
}
