import { hashText, mix } from '../hash';
import { authenticationOf } from '../users';
import type { TenantState, User, World } from '../world';
import type { Value } from './expression';

/** One attribute of the engine's vocabulary on a user object. */
interface Attribute {
  readonly read: (user: User) => Value;
  /** What writing it changes; left out = cannot be a plain target. */
  readonly write?: (value: Value) => Partial<User>;
}

const asText = (value: Value) => (value === null ? null : String(value));
const asBoolean = (value: Value) => value === true || String(value).toLowerCase() === 'true';

type TextProperty = {
  [Name in keyof User]: null extends User[Name] ? (string extends User[Name] ? Name : never) : never;
}[keyof User];

const textAttribute = (name: TextProperty & keyof User): Attribute => ({
  read: (user) => (user[name] as string | null) ?? null,
  write: (value) => ({ [name]: asText(value) }),
});

const attributes: Record<string, Attribute> = {
  objectId: { read: (user) => user.id },
  userPrincipalName: { read: (user) => user.userPrincipalName },
  mailNickname: { read: (user) => user.mailNickname },
  mail: { read: (user) => user.mail },
  manager: { read: (user) => user.managerId },
  displayName: { read: (user) => user.displayName, write: (value) => ({ displayName: String(value) }) },
  accountEnabled: {
    read: (user) => user.accountEnabled,
    write: (value) => ({ accountEnabled: asBoolean(value) }),
  },
  showInAddressList: {
    read: (user) => user.showInAddressList,
    write: (value) => ({ showInAddressList: asBoolean(value) }),
  },
  userType: {
    read: (user) => user.userType,
    write: (value) => ({ userType: value === 'Guest' ? 'Guest' : 'Member' }),
  },
  telephoneNumber: {
    read: (user) => user.businessPhones[0] ?? null,
    write: (value) => ({ businessPhones: [String(value)] }),
  },
  mobile: textAttribute('mobilePhone'),
  physicalDeliveryOfficeName: textAttribute('officeLocation'),
  givenName: textAttribute('givenName'),
  surname: textAttribute('surname'),
  department: textAttribute('department'),
  jobTitle: textAttribute('jobTitle'),
  companyName: textAttribute('companyName'),
  employeeId: textAttribute('employeeId'),
  usageLocation: textAttribute('usageLocation'),
  country: textAttribute('country'),
  state: textAttribute('state'),
  city: textAttribute('city'),
  streetAddress: textAttribute('streetAddress'),
  postalCode: textAttribute('postalCode'),
  preferredLanguage: textAttribute('preferredLanguage'),
};

/** Targets that the engine handles apart: matching, deletion, names and references. */
const apart = [
  'alternativeSecurityIds',
  'IsSoftDeleted',
  'userPrincipalName',
  'mailNickname',
  'mail',
  'manager',
];

export const isTargetAttribute = (name: string) =>
  apart.includes(name) || attributes[name]?.write !== undefined;

export const isSourceAttribute = (name: string) =>
  name === 'netId' || name === 'IsSoftDeleted' || name === 'alternativeSecurityIds' || name in attributes;

/** An attribute of a source user by the engine's name; null when empty or unknown. */
export function readAttribute(user: User, name: string, isSoftDeleted = false): Value {
  if (name === 'IsSoftDeleted') return isSoftDeleted;
  if (name === 'netId') return netIdOf(user);
  const value = attributes[name]?.read(user) ?? null;
  return value === '' ? null : value;
}

/** What writing a plain attribute changes on a target user. */
export function writeAttribute(name: string, value: Value): Partial<User> {
  return attributes[name]?.write?.(value) ?? {};
}

/** The value as a plain attribute would hold it. */
export function storedValue(name: string, value: Value): Value {
  return name === 'accountEnabled' || name === 'showInAddressList' ? asBoolean(value) : asText(value);
}

function netIdOf({ id }: User): string {
  const half = (salt: number) => mix(hashText(id), salt).toString(16).padStart(8, '0');
  return `1003${half(1)}${half(2).slice(0, 4)}`.toUpperCase();
}

/** As logs and answers print a value: `True`, empty text for nothing. */
export function printed(value: Value): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return value ?? '';
}

/** External at home: a guest or member of another organisation, whatever `userType` says. */
export function isExternal(user: User): boolean {
  return (
    user.home !== null ||
    user.creationType === 'Invitation' ||
    user.externalUserState !== null ||
    user.userPrincipalName.includes('#EXT#')
  );
}

/** `None` for internal users who do not sign in by SMS: all others are filtered out (facts 5.1). */
export function alternativeSecurityIds(world: World, tenant: TenantState, user: User): string {
  if (isExternal(user) || user.userType === 'Guest') return 'ExternalAzureAD';
  const { phones } = authenticationOf(world, tenant, user.id);
  return phones.some(({ smsSignInState }) => smsSignInState === 'ready') ? 'PhoneNumber' : 'None';
}
