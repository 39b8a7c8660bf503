import { namedGuid } from '../hash';
import type { AttributeMapping, MappingSchema, ObjectMapping, SyncRule } from './schema-types';

export const userRuleName = 'USER_INBOUND_USER';
export const sourceDirectory = 'Azure Active Directory';
export const targetDirectory = 'Azure Active Directory (target tenant)';

/** Attributes that flow as they are, under one name on both sides (facts 4.9). */
const sameName = [
  ...['IsSoftDeleted', 'accountEnabled', 'streetAddress', 'city', 'state', 'postalCode', 'country'],
  ...[
    'department',
    'employeeId',
    'displayName',
    'givenName',
    'jobTitle',
    'mailNickname',
    'manager',
    'mobile',
  ],
  ...['physicalDeliveryOfficeName', 'preferredLanguage', 'surname', 'telephoneNumber', 'userPrincipalName'],
  'mail',
];

type Source = AttributeMapping['source'];

function mapping(targetAttributeName: string, source: Source, changes: Partial<AttributeMapping> = {}) {
  return {
    targetAttributeName,
    flowType: 'Always',
    flowBehavior: 'FlowWhenChanged',
    matchingPriority: 0,
    defaultValue: null,
    exportMissingReferences: false,
    source: { parameters: [], ...source },
    ...changes,
  } satisfies AttributeMapping;
}

const attribute = (name: string): Source => ({ type: 'Attribute', name, expression: `[${name}]` });
const constant = (value: string): Source => ({ type: 'Constant', name: value, expression: `"${value}"` });

const alternativeSecurityIds: Source = {
  type: 'Function',
  name: 'AltSecIdFromNetId',
  expression: 'AltSecIdFromNetId([netId])',
  parameters: [{ key: 'source', value: { parameters: [], ...attribute('netId') } }],
};

function userMapping(): ObjectMapping {
  return {
    name: 'Provision Azure Active Directory Users',
    enabled: true,
    flowTypes: 'Add, Update, Delete',
    sourceObjectName: 'User',
    targetObjectName: 'User',
    metadata: [],
    scope: { groups: [], categoryFilterGroups: [], inputFilterGroups: [] },
    attributeMappings: [
      mapping('alternativeSecurityIds', alternativeSecurityIds, { matchingPriority: 1 }),
      ...sameName.map((name) => mapping(name, attribute(name))),
      mapping('showInAddressList', constant('true')),
      mapping('userType', constant('Member'), { flowType: 'ObjectAddOnly' }),
    ],
  };
}

function groupMapping(): ObjectMapping {
  return {
    name: 'Provision Microsoft Entra ID Groups',
    enabled: false,
    flowTypes: 'Add, Update, Delete',
    sourceObjectName: 'Group',
    targetObjectName: 'Group',
    metadata: [],
    scope: { groups: [], categoryFilterGroups: [], inputFilterGroups: [] },
    attributeMappings: [
      mapping('displayName', attribute('displayName')),
      mapping('description', attribute('description')),
    ],
  };
}

function typeOf(name: string): string {
  if (name === 'manager') return 'Reference';
  return ['IsSoftDeleted', 'accountEnabled', 'showInAddressList'].includes(name) ? 'Boolean' : 'String';
}

function attributesOf(names: readonly string[]) {
  return names.map((name) => ({
    name,
    type: typeOf(name),
    anchor: name === 'objectId',
    caseExact: false,
    multivalued: false,
    mutability: 'ReadWrite',
    required: false,
  }));
}

function directory(jobId: string, name: string, extra: readonly string[]) {
  return {
    id: namedGuid(jobId, name),
    name,
    discoverabilities: 'None',
    readOnly: false,
    objects: [{ name: 'User', attributes: attributesOf(['objectId', ...extra, ...sameName]) }],
  };
}

/** The schema that a new job has. Ids depend on the job alone. */
export function defaultSchema(jobId: string): MappingSchema {
  const rule = (name: string, priority: number, objectMapping: ObjectMapping): SyncRule => ({
    id: namedGuid(jobId, name),
    name,
    editable: true,
    priority,
    sourceDirectoryName: sourceDirectory,
    targetDirectoryName: targetDirectory,
    containerFilter: null,
    groupFilter: null,
    metadata: [{ key: 'supportsProvisionOnDemand', value: String(name === userRuleName) }],
    objectMappings: [objectMapping],
  });
  return {
    id: jobId,
    version: 'v1.2',
    synchronizationRules: [
      rule(userRuleName, 1, userMapping()),
      rule('GROUP_INBOUND_GROUP', 2, groupMapping()),
    ],
    directories: [
      directory(jobId, sourceDirectory, ['netId', 'alternativeSecurityIds']),
      directory(jobId, targetDirectory, ['alternativeSecurityIds', 'showInAddressList', 'userType']),
    ],
  };
}

/** The rule that provisions users and its mapping. */
export function userRule(schema: MappingSchema): { rule: SyncRule; mapping: ObjectMapping } | null {
  const rule = schema.synchronizationRules.find(({ name }) => name === userRuleName);
  const found = rule?.objectMappings.find(({ sourceObjectName }) => sourceObjectName === 'User');
  return rule && found ? { rule, mapping: found } : null;
}
