import { z } from 'zod/v4';
import { differences } from '../audits';
import { readJsonBody } from '../body';
import type { Filter } from '../filter';
import { boundTo } from '../filter-match';
import { collectionAnswer, entityAnswer, filterOf, type Shown } from '../odata';
import { badRequest, conflict, notFound } from '../refusal';
import type { Answer, Call, QueryRules, Route } from '../route';
import { showManager, showUser, userDefaults, userProperties } from '../shown-user';
import { findUser, findUserByName, listUsers, patchUser, usersWithAddress } from '../users';
import type { User } from '../world';
import { auditUser } from './user-audit';

export const readsUsers = [
  'User.Read.All',
  'User.ReadWrite.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
];
const listsUsers = ['User.ReadBasic.All', ...readsUsers];

/** Filters that the directory understands on users; with `!` only as an advanced query (facts 7.5). */
export const userFilter: NonNullable<QueryRules['filter']> = {
  id: ['eq', 'in'],
  userPrincipalName: ['eq', 'in', 'startswith', 'endswith!', 'ne!'],
  mail: ['eq', 'in', 'startswith', 'endswith!', 'ne!'],
  mailNickname: ['eq', 'startswith'],
  displayName: ['eq', 'in', 'startswith', 'ne!'],
  givenName: ['eq', 'startswith'],
  surname: ['eq', 'startswith'],
  userType: ['eq', 'in', 'ne!'],
  accountEnabled: ['eq', 'ne!'],
  creationType: ['eq', 'ne!'],
  externalUserState: ['eq', 'ne!'],
  department: ['eq', 'in', 'startswith', 'ne!'],
  jobTitle: ['eq', 'in', 'startswith', 'ne!'],
  country: ['eq', 'in', 'startswith'],
  city: ['eq', 'in', 'startswith'],
  state: ['eq', 'in', 'startswith'],
  usageLocation: ['eq', 'in', 'startswith'],
  companyName: ['eq', 'in', 'startswith', 'ne!'],
  employeeId: ['eq', 'startswith'],
  createdDateTime: ['eq', 'ge', 'le'],
  onPremisesSyncEnabled: ['eq', 'ne!'],
  onPremisesImmutableId: ['eq'],
  'otherMails/any': ['eq', 'startswith'],
  'proxyAddresses/any': ['eq', 'startswith', 'endswith!'],
  'identities/any/issuer': ['eq'],
  'identities/any/issuerAssignedId': ['eq'],
  'assignedLicenses/any/skuId': ['eq'],
};

/** Users that a filter can be about at all: found directly where it binds an id, a name or an address. */
function* candidates(call: Call, filter: Filter | null): Iterable<User> {
  const { world, tenant } = call;
  const ids = boundTo(filter, 'id');
  const names = boundTo(filter, 'userPrincipalName');
  const mails = boundTo(filter, 'mail') ?? boundTo(filter, 'proxyAddresses/any');
  const found = new Map<string, User>();
  const keep = (user: User | null) => user && found.set(user.id, user);
  if (ids) for (const id of ids) keep(findUser(world, tenant, id.toLowerCase()));
  else if (names) for (const name of names) keep(findUserByName(world, tenant, name));
  else if (mails) {
    const addresses = mails.map((mail) => mail.replace(/^smtp:/i, ''));
    for (const address of addresses) for (const user of usersWithAddress(world, tenant, address)) keep(user);
  } else return yield* listUsers(world, tenant);
  yield* found.values();
}

function expandsManager({ query }: Call): boolean {
  const expand = query.get('$expand');
  if (expand !== undefined && !/^manager(\(\$select=[\w,]+\))?$/.test(expand)) {
    throw badRequest(`Could not find a property named '${expand}' to expand.`);
  }
  return expand !== undefined;
}

function show(call: Call, user: User): Shown {
  const shown = showUser(call.world, call.tenant, user);
  return expandsManager(call) ? { ...shown, manager: showManager(call.world, call.tenant, user) } : shown;
}

const visible = (call: Call) => (expandsManager(call) ? [...userDefaults, 'manager'] : userDefaults);

function listAll(call: Call): Answer {
  return collectionAnswer(call, {
    context: 'users',
    items: candidates(call, filterOf(call)),
    show: (user) => show(call, user),
    properties: userProperties,
    defaults: visible(call),
  });
}

/** The user that the path names by object id or userPrincipalName; 404 when there is none. */
export function userOfPath(call: Call): User {
  const name = call.parameters['userId'] ?? '';
  const { world, tenant } = call;
  const user = findUser(world, tenant, name.toLowerCase()) ?? findUserByName(world, tenant, name);
  if (!user) throw notFound(name);
  return user;
}

function getUser(call: Call): Answer {
  return entityAnswer(call, 'users', show(call, userOfPath(call)), {
    properties: userProperties,
    defaults: visible(call),
  });
}

const text = z.string().max(256).nullable().optional();

const userPatch = z
  .strictObject({
    accountEnabled: z.boolean().optional(),
    displayName: z.string().min(1).max(256).optional(),
    givenName: text,
    surname: text,
    mail: z.email().nullable().optional(),
    mailNickname: z.string().min(1).max(64).optional(),
    userPrincipalName: z.email().optional(),
    userType: z.enum(['Member', 'Guest']).optional(),
    department: text,
    jobTitle: text,
    companyName: text,
    employeeId: z.string().max(16).nullable().optional(),
    usageLocation: z.string().length(2).nullable().optional(),
    country: text,
    state: text,
    city: text,
    streetAddress: text,
    postalCode: text,
    officeLocation: text,
    mobilePhone: text,
    businessPhones: z.array(z.string()).max(1).optional(),
    preferredLanguage: text,
    showInAddressList: z.boolean().nullable().optional(),
    otherMails: z.array(z.email()).optional(),
  })
  .refine((body) => Object.keys(body).length > 0);

function updateUser(call: Call): Answer {
  const { world, tenant } = call;
  const patch = readJsonBody(userPatch, call.body);
  const user = userOfPath(call);
  if (patch.userPrincipalName) refuseTakenName(call, user, patch.userPrincipalName);
  const mail = patch.mail;
  const proxies = mail ? { proxyAddresses: [`SMTP:${mail}`, ...secondary(user, mail)] } : {};
  const changes = { ...patch, ...proxies } as Partial<User>;
  patchUser(world, tenant, user.id, changes);
  auditUser(call, 'Update user', user, differences(user, { ...user, ...changes }));
  return { status: 204 };
}

function secondary(user: User, mail: string): string[] {
  const others = user.proxyAddresses.map((address) => address.replace(/^SMTP:/, 'smtp:'));
  return others.filter((address) => address.toLowerCase() !== `smtp:${mail.toLowerCase()}`);
}

function refuseTakenName(call: Call, user: User, name: string): void {
  const domain = name.split('@')[1]?.toLowerCase() ?? '';
  if (!call.tenant.verifiedDomains.includes(domain)) {
    throw badRequest(
      'The domain portion of the userPrincipalName property is invalid. You must use one of the verified domain names in your organization.',
    );
  }
  const other = findUserByName(call.world, call.tenant, name);
  if (other && other.id !== user.id) {
    throw conflict('Another object with the same value for property userPrincipalName already exists.');
  }
}

export const userRoutes: readonly Route[] = [
  {
    ...{ method: 'GET', path: '/v1.0/users', operation: 'users.list', permissions: listsUsers },
    ...{ throttle: 'directory', cost: 2, isWrite: false },
    query: {
      options: ['$select', '$filter', '$top', '$count', '$orderby', '$search', '$expand', '$skiptoken'],
      filter: userFilter,
      orderby: ['displayName', 'userPrincipalName', 'createdDateTime'],
      search: ['displayName', 'mail', 'userPrincipalName', 'givenName', 'surname'],
    },
    run: listAll,
  },
  {
    ...{ method: 'GET', path: '/v1.0/users/{userId}', operation: 'users.get', permissions: listsUsers },
    ...{ throttle: 'directory', isWrite: false, query: { options: ['$select', '$expand'] } },
    run: getUser,
  },
  {
    ...{ method: 'PATCH', path: '/v1.0/users/{userId}', operation: 'users.update' },
    ...{
      permissions: ['User.ReadWrite.All', 'Directory.ReadWrite.All'],
      throttle: 'directory',
      isWrite: true,
    },
    run: updateUser,
  },
];
