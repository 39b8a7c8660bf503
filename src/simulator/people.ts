import type { SmsSignInState, TenantKey } from './world';

/** Built-in roles by name (facts 2.2). */
export const roleTemplates = {
  'Global Administrator': '62e90394-69f5-4237-9190-012177145e10',
  'Security Administrator': '194ae4cb-b126-40b2-bd5b-6091b380977d',
  'Hybrid Identity Administrator': '8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2',
  'Cloud Application Administrator': '158c047a-c907-4556-b7ef-446551a6b5f7',
  'Application Administrator': '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3',
  'Identity Governance Administrator': '45d8d3c5-c802-45c6-b32a-1d70b5e1e86e',
  'Authentication Administrator': 'c4e39bd9-1100-46d3-8c65-fb160da0071f',
  'Privileged Authentication Administrator': '7be44c8a-adaf-4e2a-84d6-ab2649e08a13',
  'Global Reader': 'f2ef992c-3afb-46b9-b7cf-a126ee74c451',
  'Reports Reader': '4a5d8f65-41da-4de4-8968-e035b65339cf',
  'Privileged Role Administrator': 'e8611ab8-c189-46e8-94e1-60213ab1f814',
  'Security Reader': '5d6b6bb7-de71-4623-b4af-96380a352509',
  'Security Operator': '5f2222b1-57c3-48ba-8ad5-d4759f1fde6f',
  'User Administrator': 'fe930be7-5e62-47db-91af-98c3a49a38b1',
  'Teams Administrator': '69091246-20e8-4a56-aa4d-066075b2a7a8',
  'Directory Readers': '88d8e3e3-8f55-4a1e-953a-9b9898b8876b',
  'Authentication Policy Administrator': '0526716b-113d-4c15-b2c8-68e3c22b9f80',
} as const;

export type RoleName = keyof typeof roleTemplates;

export function roleName(templateId: string): RoleName | null {
  const found = Object.entries(roleTemplates).find(([, id]) => id === templateId.toLowerCase());
  return (found?.[0] as RoleName | undefined) ?? null;
}

/** Somebody a person at the screen can be. */
export interface Person {
  readonly key: string;
  readonly given: string;
  readonly surname: string;
  readonly tenant: TenantKey;
  readonly title: string;
  readonly department: string;
  readonly roles: readonly RoleName[];
  readonly eligibleRoles: readonly RoleName[];
  /** Tenant whose account this is; set for guests only. */
  readonly home?: TenantKey;
  readonly sms?: SmsSignInState;
  readonly authenticator?: boolean;
}

function person(
  key: string,
  given: string,
  surname: string,
  tenant: TenantKey,
  title: string,
  department: string,
  roles: readonly RoleName[] = [],
  extras: Partial<Pick<Person, 'eligibleRoles' | 'home' | 'sms' | 'authenticator'>> = {},
): Person {
  return { key, given, surname, tenant, title, department, roles, eligibleRoles: [], ...extras };
}

const approver: readonly RoleName[] = [
  'Security Administrator',
  'Application Administrator',
  'Authentication Administrator',
];
const partnerAdmin: readonly RoleName[] = ['Security Administrator', 'Privileged Role Administrator'];

/** The cast of the stories. */
export const people: readonly Person[] = [
  person('priya', 'Priya', 'Raman', 'con', 'Identity Engineer', 'IT', [
    'Hybrid Identity Administrator',
    'Cloud Application Administrator',
    'Security Administrator',
    'Privileged Role Administrator',
  ]),
  person('omar', 'Omar', 'Haddad', 'con', 'Head of Identity', 'IT', [
    ...approver,
    'Privileged Authentication Administrator',
  ]),
  person('dana', 'Dana', 'Kowalski', 'con', 'Security Lead', 'IT', approver),
  person('lee', 'Lee', 'Chen', 'con', 'On-call Engineer', 'IT', ['Hybrid Identity Administrator']),
  person('noor', 'Noor', 'Aziz', 'con', 'Internal Auditor', 'Finance', ['Global Reader']),
  person('alice', 'Alice', 'Martin', 'con', 'Account Manager', 'Sales', [], { sms: 'ready' }),
  person('bob', 'Bob', 'Fischer', 'con', 'Project Lead', 'Engineering', [], { sms: 'notEnabled' }),
  person('eve', 'Eve', 'Laurent', 'con', 'Field Technician', 'Support', [], { sms: 'ready' }),
  person('zoe', 'Zoe', 'Papadaki', 'con', 'Designer', 'Marketing'),
  person('ivy', 'Ivy', 'Novak', 'con', 'Security Analyst', 'IT', [], {
    eligibleRoles: ['Security Administrator'],
  }),
  person('gil', 'Gil', 'Romero', 'con', 'Consultant', 'Partners', [], { home: 'win' }),
  person('mina', 'Mina', 'Park', 'fab', 'Tenant Administrator', 'IT', partnerAdmin),
  person('tom', 'Tom', 'Okafor', 'fab', 'Security Administrator', 'IT', partnerAdmin),
];
