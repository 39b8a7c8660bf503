import { notificationsOf, secretOf, type Secret } from '../graph/synchronization-secrets';
import { mappedUserType } from '../graph/synchronization-schema';
import { readEffectivePolicy } from './effective-policy';
import type { Look } from './look';

/** One setting of a link as it is now, comparable with that of another link. */
export interface Facet {
  /** "Target: Automatic redemption, inbound". */
  readonly setting: string;
  /** In words; "absent" when there is nothing to read it from. */
  readonly value: string;
}

const unreadable = 'not readable';

/** Everything that makes up a link: access settings of both tenants, configuration, job, mapping of the type. */
export async function readFacets(look: Look): Promise<readonly Facet[]> {
  const [policy, configuration] = await Promise.all([policyFacets(look), configurationFacets(look)]);
  return [...policy, ...configuration];
}

async function policyFacets(look: Look): Promise<readonly Facet[]> {
  const rows = await readEffectivePolicy(look);
  const [source, target] = await Promise.all([look.partner('source'), look.partner('target')]);
  return [
    { setting: 'Target: Partner entry', value: target ? 'present' : 'absent' },
    { setting: 'Source: Partner entry', value: source ? 'present' : 'absent' },
    ...rows.map(({ side, setting, effective }) => ({
      setting: `${side === 'source' ? 'Source' : 'Target'}: ${setting}`,
      value: effective,
    })),
  ];
}

async function configurationFacets(look: Look): Promise<readonly Facet[]> {
  const configuration = await look.configuration();
  const job = await look.job();
  const schema = await look.schema();
  const secrets = configuration?.secrets;
  const saved = (key: string) => {
    const value = secrets ? secretOf(secrets, key) : secrets;
    return value === null ? unreadable : (value ?? 'absent');
  };
  return [
    { setting: 'Job: Configuration', value: configuration ? 'present' : 'absent' },
    { setting: 'Job: Trust between the tenants', value: saved('AuthenticationType') },
    { setting: 'Job: Everybody in scope (SyncAll)', value: saved('SyncAll').toLowerCase() },
    { setting: 'Job: Deletion guard', value: guardOf(secrets) },
    { setting: 'Job: Notification mails', value: mailsOf(secrets) },
    { setting: 'Job: Template', value: job?.templateId ?? 'absent' },
    { setting: 'Job: State', value: job?.schedule?.state ?? 'absent' },
    { setting: 'Job: Interval', value: job?.schedule?.interval ?? 'absent' },
    { setting: 'Job: New users become', value: (schema && mappedUserType(schema)) ?? 'absent' },
  ];
}

/** What Graph masks or nobody may read is neither on nor off (decisions, Desired state). */
function guardOf(secrets: readonly Secret[] | null | undefined): string {
  const saved = secrets ? notificationsOf(secrets) : secrets;
  if (saved === null) return unreadable;
  if (saved?.DeleteThresholdEnabled !== true) return 'off';
  return String(saved.DeleteThresholdValue ?? 'service default');
}

function mailsOf(secrets: readonly Secret[] | null | undefined): string {
  const saved = secrets ? notificationsOf(secrets) : secrets;
  if (saved === null) return unreadable;
  return saved?.Enabled === true ? 'on' : 'off';
}

/** What a link that runs looks like by the documentation (facts 3.3, 4.3, 4.4, 9.1); settings left out are free. */
export const documented: Readonly<Record<string, string>> = {
  'Target: Partner entry': 'present',
  'Source: Partner entry': 'present',
  'Target: Inbound synchronization of users': 'allowed',
  'Target: Automatic redemption, inbound': 'on',
  'Source: Automatic redemption, outbound': 'on',
  'Target: B2B collaboration, inbound': 'allowed',
  'Source: B2B collaboration, outbound': 'allowed',
  'Job: Configuration': 'present',
  'Job: Trust between the tenants': 'SyncPolicy',
  'Job: Everybody in scope (SyncAll)': 'false',
  'Job: Template': 'Azure2Azure',
  'Job: State': 'Active',
  'Job: Interval': 'PT40M',
  'Job: New users become': 'Member',
};
