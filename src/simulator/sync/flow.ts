import { userOfHome } from '../users';
import type { TenantState, User } from '../world';
import { printed, readAttribute, storedValue, writeAttribute } from './attributes';
import { evaluateExpression, parseExpression, type Value } from './expression';
import type { AttributeMapping } from './schema-types';
import type { Scene } from './scene';
import type { ModifiedProperty } from './state';

/** What a run of the attribute mappings changes on the target user. */
export interface Flow {
  readonly patch: Partial<User>;
  readonly modified: readonly ModifiedProperty[];
}

/** Name of the account that a source user gets in the target (facts 6.4). */
export function targetName(user: User, target: TenantState): string {
  return `${user.userPrincipalName.replace('@', '_')}#EXT#@${target.initialDomain}`;
}

function mappedValue({ source, defaultValue }: AttributeMapping, user: User): Value {
  const value = sourceValue(source, user);
  return value === null || value === '' ? (defaultValue ?? null) : value;
}

const expressions = new Map<string, ReturnType<typeof parseExpression>>();

function parsed(expression: string): ReturnType<typeof parseExpression> {
  const known = expressions.get(expression);
  if (known !== undefined) return known;
  const made = parseExpression(expression);
  if (expressions.size > 500) expressions.clear();
  expressions.set(expression, made);
  return made;
}

function sourceValue(source: AttributeMapping['source'], user: User): Value {
  if (source.type === 'Constant') {
    const quoted = parsed(source.expression ?? '');
    return quoted?.kind === 'text' ? quoted.text : (source.name ?? null);
  }
  if (source.type === 'Attribute') {
    return readAttribute(user, source.expression?.replace(/^\[(.*)\]$/, '$1') ?? source.name ?? '');
  }
  const node = parsed(source.expression ?? '');
  return node && evaluateExpression(node, (name) => readAttribute(user, name));
}

/** The value that a mapping wants to see in the target, in the target's terms; null = leave it alone. */
function wantedValue(scene: Scene, mapping: AttributeMapping, user: User, target: TenantState): Value {
  const name = mapping.targetAttributeName;
  if (name === 'userPrincipalName') return targetName(user, target);
  const value = mappedValue(mapping, user);
  if (value === null || value === '') return null;
  if (name === 'mailNickname') return targetName(user, target).split('@')[0] ?? null;
  if (name === 'manager') {
    return userOfHome(scene.world, target, scene.source.tenantId, String(value))?.id ?? null;
  }
  return storedValue(name, value);
}

const unseen = ['alternativeSecurityIds', 'IsSoftDeleted'];

/**
 * Attribute values for a target user: all of them when it is new (`existing` null), else what differs. Empty source
 * values are skipped (facts 4.9); `ObjectAddOnly` mappings flow into new users only; names follow the source only for
 * users that the engine made.
 */
export function flowOf(
  scene: Scene,
  user: User,
  target: TenantState,
  existing: User | null,
  ownsName: boolean,
): Flow {
  const modified: ModifiedProperty[] = [];
  const patch: Partial<User> = {};
  for (const mapping of scene.mapping.attributeMappings) {
    const name = mapping.targetAttributeName;
    if (unseen.includes(name) || (existing && mapping.flowType !== 'Always')) continue;
    if (existing && !ownsName && (name === 'userPrincipalName' || name === 'mailNickname')) continue;
    const wanted = wantedValue(scene, mapping, user, target);
    const held = existing ? readAttribute(existing, name) : null;
    if (wanted === null || wanted === held) continue;
    Object.assign(patch, change(name, wanted, existing));
    modified.push({
      displayName: name,
      oldValue: held === null ? null : printed(held),
      newValue: printed(wanted),
    });
  }
  return { patch, modified };
}

function change(name: string, value: Value, existing: User | null): Partial<User> {
  if (name === 'manager') return { managerId: String(value) };
  if (name === 'userPrincipalName') return { userPrincipalName: String(value) };
  if (name === 'mailNickname') return { mailNickname: String(value) };
  if (name !== 'mail') return writeAttribute(name, value);
  const mail = String(value);
  const others = (existing?.proxyAddresses ?? [])
    .map((address) => address.replace(/^SMTP:/, 'smtp:'))
    .filter((address) => address.toLowerCase() !== `smtp:${mail.toLowerCase()}`);
  return { mail, otherMails: [mail], proxyAddresses: [`SMTP:${mail}`, ...others] };
}
