import type { Tenant } from '../plan/types';
import type { CommandDefinition, ExampleNames } from './definition';
import type { TenantNames } from './tenant-names';

/** Keys for examples: the first two tenants of the settings. */
export function exampleNames(tenants: TenantNames): ExampleNames {
  const [first, second] = tenants.all;
  return { source: first?.key ?? 'source', target: second?.key ?? 'target' };
}

/** "Alpha and Beta". */
export function listed(names: readonly string[], word: 'and' | 'or' = 'and'): string {
  if (names.length < 2) return names[0] ?? '';
  return `${names.slice(0, -1).join(', ')} ${word} ${names[names.length - 1]}`;
}

/** Who may run a command, for help and refusals. */
export function whoWords(command: CommandDefinition): string {
  if (command.says) return command.says.who;
  switch (command.who) {
    case 'bootstrap':
    case 'anyone-internal':
      return 'Every member of a connected tenant; no guests';
    case 'viewer':
      return 'People with an administrator or reader role in one of the tenants';
    case 'operator':
      return 'People with a role that may change synchronization in one of the tenants';
  }
}

type Named = Pick<Tenant, 'displayName'>;

/** Who could see or change a tenant, by role. */
export function operatorsOf(...tenants: readonly Named[]): string {
  const names = listed(
    tenants.map(({ displayName }) => displayName),
    'or',
  );
  return `A Security, Hybrid Identity, Application, Cloud Application or Authentication Administrator of ${names}.`;
}

export function viewersOf(...tenants: readonly Named[]): string {
  const names = listed(
    tenants.map(({ displayName }) => displayName),
    'or',
  );
  return `Any administrator of synchronization, a Global Reader or a Security Reader of ${names}.`;
}
