import { maskedIfPhone } from '../graph/authentication-methods';
import type { GraphRead } from '../graph/client';
import { listProvisioningEvents, type ProvisioningEvent } from '../graph/provisioning-logs';
import { readUserAttributes } from '../graph/user-attributes';
import {
  expectedPrincipalName,
  findUserByPrincipalName,
  listUsersByMail,
  readUser,
  type User,
} from '../graph/users';
import type { Look } from './look';
import { graphNameOf, userMappingsOf, type AttributeMapping } from './mappings';

export type MappingKind = 'direct' | 'constant' | 'expression';

/** One attribute on both sides and the mapping between them. */
export interface ComparedAttribute {
  readonly attribute: string;
  readonly source: string;
  readonly mapping: string;
  readonly target: string;
  /** `direct`, `constant` or `expression`. */
  readonly kind: MappingKind;
  /** `Always`; `ObjectAddOnly` is written once, when the account is created. */
  readonly flowType: string;
  /** `null` when a function stands between them, so equality says nothing. */
  readonly isEqual: boolean | null;
}

export interface ComparedUser {
  readonly source: User;
  readonly target: User | null;
  /** How the target user was found. */
  readonly foundBy: 'the provisioning log' | 'its sign-in name' | 'its mail address' | null;
  readonly attributes: readonly ComparedAttribute[];
  /** The newest row of the provisioning log about this user. */
  readonly lastEvent: ProvisioningEvent | null;
  /** `false` when there is no job, hence no mapping to compare by. */
  readonly hasMapping: boolean;
}

/** A user of the source beside the copy in the target, attribute by attribute as they are mapped (facts 4.9, 6.4). */
export async function compareUser(look: Look, source: User): Promise<ComparedUser> {
  const job = await look.job();
  const events = job
    ? await listProvisioningEvents(look.source, { jobId: job.id, sourceUserId: source.id, limit: 20 })
    : null;
  const { user: target, foundBy } = await findCopy(look, source, events?.items ?? []);
  const schema = await look.schema();
  return {
    source,
    target,
    foundBy,
    attributes: schema ? await compareAttributes(look, source, target, userMappingsOf(schema)) : [],
    lastEvent: events?.items[0] ?? null,
    hasMapping: schema !== undefined,
  };
}

async function findCopy(
  look: Look,
  source: User,
  events: readonly ProvisioningEvent[],
): Promise<{ readonly user: User | null; readonly foundBy: ComparedUser['foundBy'] }> {
  const logged = events.find((event) => event.target?.id)?.target?.id;
  const byLog = logged ? await readUser(look.target, logged) : undefined;
  if (byLog) return { user: byLog, foundBy: 'the provisioning log' };
  const { initialDomain } = await look.organization('target');
  if (initialDomain && source.userPrincipalName) {
    const name = expectedPrincipalName(source.userPrincipalName, initialDomain);
    const byName = await findUserByPrincipalName(look.target, name);
    if (byName) return { user: byName, foundBy: 'its sign-in name' };
  }
  const byMail = source.mail ? await listUsersByMail(look.target, source.mail) : [];
  return byMail.length === 1 && byMail[0]
    ? { user: byMail[0], foundBy: 'its mail address' }
    : { user: null, foundBy: null };
}

async function compareAttributes(
  look: Look,
  source: User,
  target: User | null,
  mappings: ReturnType<typeof userMappingsOf>,
): Promise<readonly ComparedAttribute[]> {
  const shown = mappings.flatMap((mapping) => {
    const targetName = graphNameOf(mapping.target);
    return targetName
      ? [{ mapping, targetName, sourceName: mapping.source && graphNameOf(mapping.source) }]
      : [];
  });
  const names = (pick: (one: (typeof shown)[number]) => string | null) => [
    ...new Set(shown.flatMap((one) => pick(one) ?? [])),
  ];
  const [here, there] = await Promise.all([
    valuesOf(
      look.source,
      source.id,
      names(({ sourceName }) => sourceName),
    ),
    target
      ? valuesOf(
          look.target,
          target.id,
          names(({ targetName }) => targetName),
        )
      : Promise.resolve<Readonly<Record<string, unknown>>>({}),
  ]);
  return shown.map((one) => compareOne(one, here, target && there));
}

interface Shown {
  readonly mapping: AttributeMapping;
  readonly targetName: string;
  readonly sourceName: string | null;
}

type Values = Readonly<Record<string, unknown>>;

/** `there` is null when the target has no such user. */
function compareOne(
  { mapping, targetName, sourceName }: Shown,
  here: Values,
  there: Values | null,
): ComparedAttribute {
  const constant = mapping.expression.startsWith('"') ? mapping.expression.replaceAll('"', '') : null;
  const from = sourceName ? wordsOf(here[sourceName]) : (constant ?? '');
  const to = there ? wordsOf(there[targetName]) : '';
  const isComparable = there !== null && (sourceName !== null || constant !== null);
  return {
    attribute: mapping.target,
    source: maskedIfPhone(sourceName, from) ?? '',
    mapping: mapping.expression || mapping.target,
    kind: sourceName !== null ? 'direct' : constant !== null ? 'constant' : 'expression',
    flowType: mapping.flowType,
    target: maskedIfPhone(targetName, to) ?? '',
    isEqual: isComparable ? from === '' || isSame(targetName, from, to) : null,
  };
}

/** Names get the form of external users on the way: `ann_home.example#EXT#@…` stands for `ann@home.example` (facts 6.4). */
function isSame(targetName: string, from: string, to: string): boolean {
  const [one, other] = [from.toLowerCase(), to.toLowerCase()];
  if (one === other) return true;
  const before = other.split('#ext#')[0] ?? '';
  if (!other.includes('#ext#')) return false;
  if (targetName === 'userPrincipalName') return before === one.replace('@', '_');
  return targetName === 'mailNickname' && before.startsWith(`${one}_`);
}

async function valuesOf(
  graph: GraphRead,
  userId: string,
  names: readonly string[],
): Promise<Readonly<Record<string, unknown>>> {
  return (await readUserAttributes(graph, userId, names)) ?? {};
}

function wordsOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return Array.isArray(value) ? value.map(String).join(', ') : String(value);
}
