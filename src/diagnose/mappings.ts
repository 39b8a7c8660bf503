import type { SynchronizationSchema } from '../graph/synchronization-schema';

/** One line of the user mapping: where a target attribute gets its value. */
export interface AttributeMapping {
  readonly target: string;
  /** The engine's name of the source attribute; `null` for constants and functions. */
  readonly source: string | null;
  /** As an administrator reads it: `[department]`, `"Member"`, `Join(…)`. */
  readonly expression: string;
  /** `Always`, `ObjectAddOnly`… */
  readonly flowType: string;
}

type Node = Readonly<Record<string, unknown>>;

/** The attribute mappings for users, in the order of the schema (facts 4.9). */
export function userMappingsOf(schema: SynchronizationSchema): readonly AttributeMapping[] {
  return nodes(schema['synchronizationRules'])
    .flatMap((rule) => nodes(rule['objectMappings']))
    .filter((mapping) => mapping['targetObjectName'] === 'User')
    .flatMap((mapping) => nodes(mapping['attributeMappings']))
    .flatMap(toMapping);
}

function toMapping(node: Node): AttributeMapping[] {
  const target = node['targetAttributeName'];
  const source = isNode(node['source']) ? node['source'] : {};
  if (typeof target !== 'string') return [];
  const type = String(source['type'] ?? '').toLowerCase();
  const name = typeof source['name'] === 'string' ? source['name'] : null;
  const expression = typeof source['expression'] === 'string' ? source['expression'] : (name ?? '');
  return [
    {
      target,
      source: type === 'attribute' ? name : null,
      expression,
      flowType: typeof node['flowType'] === 'string' ? node['flowType'] : 'Always',
    },
  ];
}

/** The engine's attribute names that Graph calls otherwise; others are the same in both (facts 4.9). */
const graphNames: Readonly<Record<string, string>> = {
  telephoneNumber: 'businessPhones',
  mobile: 'mobilePhone',
  physicalDeliveryOfficeName: 'officeLocation',
};

/** Properties of a user that Graph lets us read side by side. */
const readable = new Set([
  'accountEnabled',
  'businessPhones',
  'city',
  'companyName',
  'country',
  'department',
  'displayName',
  'employeeId',
  'givenName',
  'jobTitle',
  'mail',
  'mailNickname',
  'mobilePhone',
  'officeLocation',
  'postalCode',
  'preferredLanguage',
  'showInAddressList',
  'state',
  'streetAddress',
  'surname',
  'usageLocation',
  'userPrincipalName',
  'userType',
]);

/** Graph's name of an engine attribute, or `null` for what Graph does not show (`alternativeSecurityIds`…). */
export function graphNameOf(attribute: string): string | null {
  const name = graphNames[attribute] ?? attribute;
  return readable.has(name) ? name : null;
}

function nodes(value: unknown): Node[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
