const teamsHosts: readonly string[] = [
  'smba.trafficmanager.net',
  'smba.infra.gcc.teams.microsoft.com',
  'smba.infra.gov.teams.microsoft.us',
];

const loopbackHosts: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * May the bot answer to this address? Production: the hosts of Teams, over https (teams A6). Local mode: loopback
 * only, on any port, so that another client program can take the place of the chat.
 */
export function isAllowedServiceUrl(serviceUrl: string, mode: 'production' | 'local'): boolean {
  if (!URL.canParse(serviceUrl)) return false;
  const url = new URL(serviceUrl);
  if (url.username !== '' || url.password !== '') return false;
  if (mode === 'local')
    return ['http:', 'https:'].includes(url.protocol) && loopbackHosts.includes(url.hostname);
  return url.protocol === 'https:' && url.port === '' && teamsHosts.includes(url.hostname);
}

/** `Host: localhost:3978`: what a browser sends that was not led here by a foreign name (DNS rebinding). */
export function isLoopbackHost(host: string | undefined): boolean {
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i.test(host ?? '');
}

export function isLoopbackPeer(address: string | undefined): boolean {
  return address === '127.0.0.1' || address === '::1' || address === '::ffff:127.0.0.1';
}
