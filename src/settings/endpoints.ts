import type { Config } from '../config';
import type { SettingsFaults } from './faults';
import type { Settings } from './keys';

type Endpoints = Pick<Config, 'graphBaseUrl' | 'authorityUrl'>;

const clouds: Readonly<Record<'public' | 'usgov' | 'china', Endpoints>> = {
  public: { graphBaseUrl: 'https://graph.microsoft.com', authorityUrl: 'https://login.microsoftonline.com' },
  usgov: { graphBaseUrl: 'https://graph.microsoft.us', authorityUrl: 'https://login.microsoftonline.us' },
  china: {
    graphBaseUrl: 'https://microsoftgraph.chinacloudapi.cn',
    authorityUrl: 'https://login.partner.microsoftonline.cn',
  },
};

function isLoopback(address: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(address).hostname);
}

/** Production: Graph of a cloud, by its name; never an address from elsewhere (I34). */
export function cloudEndpoints(settings: Settings, faults: SettingsFaults): Endpoints {
  const endpoints = clouds[settings.GRAPH_CLOUD ?? 'public'];
  const address = settings.GRAPH_BASE_URL;
  if (address !== undefined && new URL(address).origin !== endpoints.graphBaseUrl) {
    faults.add(
      'GRAPH_BASE_URL',
      'Leave it out and name the cloud in GRAPH_CLOUD; other addresses are for local mode.',
    );
  }
  return endpoints;
}

/** Local mode: the simulator, which signs in as well; on this machine only. */
export function simulatorEndpoints(settings: Settings, faults: SettingsFaults): Endpoints {
  const address = settings.GRAPH_BASE_URL ?? `http://127.0.0.1:${settings.SIMULATOR_PORT ?? 3979}`;
  if (!isLoopback(address))
    faults.add('GRAPH_BASE_URL', 'Give a loopback address: local mode reaches nothing else.');
  const { origin } = new URL(address);
  return { graphBaseUrl: origin, authorityUrl: origin };
}

/** Where browsers reach the bot: the origin alone. */
export function publicOrigin(address: string, mode: Config['mode'], faults: SettingsFaults): string {
  const { origin, pathname, protocol } = new URL(address);
  if (pathname !== '/') faults.add('PUBLIC_URL', 'Leave the path out.');
  if (mode === 'production' && protocol !== 'https:') faults.add('PUBLIC_URL', 'Use https.');
  return origin;
}
