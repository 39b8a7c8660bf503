import { pages, type Cause } from './cause';

interface General {
  readonly name: string;
  readonly codes: readonly string[];
  readonly cause: string;
  readonly side: Cause['side'];
  readonly remedy: string;
  readonly commands?: readonly string[];
}

/** Codes of the engine that every connector can give, mostly with its own name before them (facts 6.3). */
const general: readonly General[] = [
  {
    name: 'conflict',
    codes: ['EntryConflict', 'Conflict'],
    cause: 'A value that must be unique is taken by another object of the target.',
    side: 'both',
    remedy: 'Find the object of the target with the same value and change one of the two.',
    commands: ['verify {user} {link}'],
  },
  {
    name: 'passing-trouble',
    codes: [
      'TooManyRequests',
      'InternalServerError',
      'WebExceptionProtocolError',
      'Timeout',
      'InternalError',
    ],
    cause: 'The other side was busy or broken for a moment.',
    side: 'service',
    remedy: 'Wait: it is tried again in about 40 minutes.',
    commands: ['status {link}'],
  },
  {
    name: 'no-right',
    codes: ['InsufficientRights', 'MethodNotAllowed', 'NotPermitted', 'Unauthorized'],
    cause: 'The service may not make this change in the target.',
    side: 'target',
    remedy:
      'Look at the access settings of both tenants, and whether the account holds a role in the target.',
    commands: ['check {link}', 'verify {user} {link}'],
  },
  {
    name: 'not-processable',
    codes: ['UnprocessableEntity'],
    cause: 'The target did not accept a value.',
    side: 'source',
    remedy: 'Look at the mapping and at the values of the user in the source.',
    commands: ['verify {user} {link}', 'map {link}'],
  },
  {
    name: 'not-implemented',
    codes: ['NotImplemented'],
    cause: 'The target does not support this change.',
    side: 'service',
    remedy: 'Ask Microsoft support, with the time and the change id of the row.',
  },
  {
    name: 'target-vanished',
    codes: ['InvalidAnchor'],
    cause: 'The account that was linked has vanished from the target.',
    side: 'target',
    remedy: 'Restore the account in the target, or restart so that users are matched anew.',
    commands: ['restart {link} --light', 'verify {user} {link}'],
  },
  {
    name: 'value-missing',
    codes: ['MandatoryFieldsMissing', 'MissingValues'],
    cause: 'A value that the target demands is empty in the source.',
    side: 'source',
    remedy: 'Fill the attribute in the source, or give the mapping a default value.',
    commands: ['verify {user} {link}', 'map {link}'],
  },
  {
    name: 'attribute-unknown',
    codes: ['SchemaAttributeNotFound'],
    cause: 'The mapping names an attribute that the target does not have.',
    side: 'source',
    remedy: 'Remove the attribute from the mapping.',
    commands: ['map {link}'],
  },
  {
    name: 'domain-invalid',
    codes: ['InvalidDomain'],
    cause: 'A value has a domain that the target does not accept.',
    side: 'source',
    remedy: "Change the user's address to a verified domain.",
    commands: ['verify {user} {link}'],
  },
  {
    name: 'licence-limit',
    codes: ['LicenseLimitExceeded'],
    cause: 'The target has no licence left.',
    side: 'target',
    remedy: 'Free or buy licences in the target.',
    commands: ['check {link}'],
  },
  {
    name: 'several-targets',
    codes: ['DuplicateTargetEntries'],
    cause: 'Several accounts of the target match this user.',
    side: 'target',
    remedy: 'Keep one of them, and remove or change the others.',
    commands: ['verify {user} {link}'],
  },
  {
    name: 'several-sources',
    codes: ['DuplicateSourceEntries'],
    cause: 'Several users of the source match one account of the target.',
    side: 'source',
    remedy: 'Give each user an own mail address.',
    commands: ['check {link}', 'verify {user} {link}'],
  },
  {
    name: 'single-value',
    codes: ['SchemaPropertyCanOnlyAcceptValue'],
    cause: 'An attribute of the target takes one value of a fixed kind, and got another.',
    side: 'source',
    remedy: 'Correct the mapping of that attribute.',
    commands: ['map {link}'],
  },
];

export const engineCauses: readonly Cause[] = [
  ...general.map((row): Cause => ({
    kind: 'engine',
    isPrefixed: true,
    source: pages.logs,
    commands: [],
    ...row,
  })),
  {
    name: 'scim',
    kind: 'engine',
    codes: ['SystemForCrossDomainIdentityManagement'],
    text: /SystemForCrossDomainIdentityManagement/,
    cause: 'An error of a SCIM connector: cross-tenant synchronization does not use SCIM.',
    side: 'none',
    remedy: 'Look for the application that this row belongs to; it is not this link.',
    commands: [],
    source: pages.logs,
  },
];
