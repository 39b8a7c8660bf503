import { z } from 'zod/v4';
import type { TenantConfig } from '../config';
import type { Environment } from './environment';
import type { SettingsFaults } from './faults';

type Groups = TenantConfig['groups'];
type Cloud = TenantConfig['cloud'];

const guid = z.guid();
const cloud = z.enum(['public', 'usgov', 'china']);
const groupSuffixes = {
  viewers: 'VIEWERS',
  operators: 'OPERATORS',
  approvers: 'APPROVERS',
  auditors: 'AUDITORS',
} as const;

interface Reading {
  readonly values: Environment;
  readonly keys: readonly string[];
  readonly faults: SettingsFaults;
}

function value({ values }: Reading, key: string, suffix: string): { name: string; text: string } {
  const name = `TENANT_${key.toUpperCase()}_${suffix}`;
  return { name, text: values[name]?.trim() ?? '' };
}

function tenantIdOf(reading: Reading, key: string): string {
  const { name, text } = value(reading, key, 'ID');
  if (!guid.safeParse(text).success) reading.faults.add(name, 'Give the id of the tenant, a GUID.');
  return text.toLowerCase();
}

/** `<group id>` of the tenant itself, or `<tenant key>:<group id>` of another one. */
function groupOf(
  reading: Reading,
  key: string,
  suffix: string,
): { tenantId: string; groupId: string } | undefined {
  const { name, text } = value(reading, key, suffix);
  if (text === '') return undefined;
  const [groupId, owner = key] = text.split(':').reverse();
  if (reading.keys.includes(owner) && guid.safeParse(groupId).success) {
    return { tenantId: tenantIdOf(reading, owner), groupId: (groupId ?? '').toLowerCase() };
  }
  reading.faults.add(
    name,
    'Give the object id of a group, with "<tenant key>:" before it when it is another tenant’s.',
  );
  return undefined;
}

function groupsOf(reading: Reading, key: string): Groups {
  const entries = Object.entries(groupSuffixes).map(([role, suffix]) => [
    role,
    groupOf(reading, key, suffix),
  ]);
  return Object.fromEntries(entries.filter(([, group]) => group !== undefined)) as Groups;
}

/** Object ids of people, separated by commas; none = break-glass is off (I39). */
function breakGlassOf(reading: Reading, key: string): readonly string[] {
  const { name, text } = value(reading, key, 'BREAK_GLASS');
  if (text === '') return [];
  const ids = text.split(',').map((id) => id.trim().toLowerCase());
  if (ids.every((id) => guid.safeParse(id).success)) return [...new Set(ids)];
  reading.faults.add(name, 'Give the object ids of people of this tenant, separated by commas.');
  return [];
}

function cloudOf(reading: Reading, key: string, usual: Cloud): Cloud {
  const { name, text } = value(reading, key, 'CLOUD');
  if (text === '') return usual;
  const result = cloud.safeParse(text);
  if (!result.success) reading.faults.add(name, 'Choose public, usgov or china.');
  return result.success ? result.data : usual;
}

/** The tenants that `TENANTS` lists: the allow-list (I12). */
export function readTenants(
  values: Environment,
  list: string | undefined,
  usualCloud: Cloud,
  faults: SettingsFaults,
): readonly TenantConfig[] {
  const keys = list?.split(',') ?? [];
  const reading = { values, keys, faults };
  const tenants = keys.map((key) => {
    const { name, text } = value(reading, key, 'NAME');
    if (text === '') faults.add(name, 'Give the name that people know the tenant by.');
    const groups = groupsOf(reading, key);
    const own = { tenantId: tenantIdOf(reading, key), cloud: cloudOf(reading, key, usualCloud) };
    const breakGlass = breakGlassOf(reading, key);
    return {
      ...{ ...own, key, displayName: text, groups },
      ...(breakGlass.length > 0 ? { breakGlass } : {}),
    };
  });
  const unused = Object.keys(values).filter((name) => {
    const key = /^TENANT_([A-Z0-9]+)_/.exec(name)?.[1]?.toLowerCase();
    return key !== undefined && !keys.includes(key);
  });
  for (const name of unused) faults.add(name, 'Add its tenant to TENANTS, or remove it.');
  if (new Set(keys).size < keys.length) faults.add('TENANTS', 'Name each tenant once.');
  if (new Set(tenants.map(({ tenantId }) => tenantId)).size < keys.length) {
    faults.add('TENANTS', 'Give each tenant an id of its own.');
  }
  return tenants;
}
