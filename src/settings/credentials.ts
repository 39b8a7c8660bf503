import type { Config, GraphApplication, GraphCredential, PackName } from '../config';
import type { SettingsFaults } from './faults';
import type { SettingKey, Settings } from './keys';

type GraphOwner = 'GRAPH_READ' | 'GRAPH_WRITE' | 'GRAPH_PHONE';
type Owner = 'BOT' | GraphOwner;

const choose = 'Choose secret, certificate, managed-identity or federated.';
const chooseForGraph = 'Choose secret, certificate, managed-identity, federated or token-file.';

function required(settings: Settings, key: SettingKey, mend: string, faults: SettingsFaults): string {
  const found = settings[key];
  if (found === undefined) faults.add(key, mend);
  return String(found ?? '');
}

function credentialOf(settings: Settings, owner: Owner, faults: SettingsFaults): GraphCredential {
  const clientId = `${owner}_MANAGED_IDENTITY_CLIENT_ID` as const;
  switch (settings[`${owner}_CREDENTIAL`]) {
    case 'secret': {
      const mend = `Put the client secret into the environment or env/.env.<name>.user, or choose another ${owner}_CREDENTIAL.`;
      return { type: 'secret', secret: required(settings, `SECRET_${owner}`, mend, faults) };
    }
    case 'certificate': {
      const mend = 'Name the PEM file that holds certificate and private key.';
      return { type: 'certificate', path: required(settings, `${owner}_CERTIFICATE_PATH`, mend, faults) };
    }
    case 'managed-identity': {
      const mend = 'Give the client id of the managed identity.';
      return { type: 'managed-identity', clientId: required(settings, clientId, mend, faults) };
    }
    case 'federated': {
      const mend = 'Give the client id of the managed identity whose token is exchanged.';
      return { type: 'federated', managedIdentityClientId: required(settings, clientId, mend, faults) };
    }
    case 'token-file': {
      const mend = 'Name the file that holds the token of the trusted issuer.';
      const path = required(settings, `${owner as GraphOwner}_TOKEN_FILE`, mend, faults);
      return { type: 'token-file', path };
    }
    default:
      faults.add(`${owner}_CREDENTIAL`, owner === 'BOT' ? choose : chooseForGraph);
      return { type: 'secret', secret: '' };
  }
}

function packOf(settings: Settings, pack: PackName, faults: SettingsFaults): GraphApplication {
  const owner = `GRAPH_${pack.toUpperCase()}` as GraphOwner;
  const mend = 'Give the application (client) id of the app registration.';
  const clientId = required(settings, `${owner}_APP_ID`, mend, faults).toLowerCase();
  return { clientId, credential: credentialOf(settings, owner, faults) };
}

/**
 * The app registrations behind the packs. `write` without an id of its own is the one of `read`; a pack that names the
 * same id as another one shares its credential; `phone` may be left out.
 */
export function readPacks(settings: Settings, faults: SettingsFaults): Config['packs'] {
  const read = packOf(settings, 'read', faults);
  const writeId = settings.GRAPH_WRITE_APP_ID?.toLowerCase() ?? read.clientId;
  const write = writeId === read.clientId ? read : packOf(settings, 'write', faults);
  const phoneId = settings.GRAPH_PHONE_APP_ID?.toLowerCase();
  if (phoneId === undefined) return { read, write, phone: null };
  const shared = [read, write].find(({ clientId }) => clientId === phoneId);
  return { read, write, phone: shared ?? packOf(settings, 'phone', faults) };
}

/** The bot's own identity: without it anybody could post activities (safety C1). */
export function readBot(settings: Settings, faults: SettingsFaults): NonNullable<Config['bot']> {
  const appId = required(settings, 'BOT_APP_ID', 'Give the application (client) id of the bot.', faults);
  const tenantId = required(
    settings,
    'BOT_TENANT_ID',
    'Give the tenant that the bot is registered in.',
    faults,
  );
  const type = settings.BOT_TYPE ?? 'SingleTenant';
  const credential = credentialOf(settings, 'BOT', faults);
  if ((type === 'UserAssignedMsi') !== (credential.type === 'managed-identity')) {
    faults.add(
      'BOT_TYPE',
      'Use UserAssignedMsi together with BOT_CREDENTIAL=managed-identity, and only then.',
    );
  }
  return { appId: appId.toLowerCase(), tenantId: tenantId.toLowerCase(), type, credential };
}
