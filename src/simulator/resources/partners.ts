import { readJsonBody } from '../body';
import { isGuid } from '../hash';
import { collectionAnswer, entityAnswer, type Shown } from '../odata';
import { newPartner } from '../policies';
import { badRequest, conflict, notFound, Refusal } from '../refusal';
import type { Answer, Call, Route } from '../route';
import { tenantKeys, type Partner } from '../world';
import { auditPolicy, noContent, readsPolicy, writesPolicy } from './cross-tenant-policy';
import { identitySync, identitySyncBeta, partnerPatch, partnerPost } from './policy-bodies';

const context = 'policies/crossTenantAccessPolicy/partners';

/** The key in the path; 400 when it is no GUID. */
function partnerKey({ parameters }: Call): string {
  const id = (parameters['partnerTenantId'] ?? '').toLowerCase();
  if (!isGuid(id)) throw badRequest(`Invalid object identifier '${id}'.`);
  return id;
}

function partnerOf(call: Call): Partner {
  const id = partnerKey(call);
  const partner = call.tenant.policies.partners[id];
  if (!partner) throw notFound(id);
  return partner;
}

function shown(call: Call, partner: Partner): Shown {
  const { identitySynchronization, ...rest } = partner;
  const head = { ...rest, crossCloudMeetingConfiguration: { inboundAllowed: null, outboundAllowed: null } };
  if (call.query.get('$expand') !== 'identitySynchronization') return head;
  return {
    ...head,
    identitySynchronization: identitySynchronization && {
      tenantId: partner.tenantId,
      ...identitySynchronization,
    },
  };
}

function checkExpand({ query }: Call): void {
  const expand = query.get('$expand');
  if (expand !== undefined && expand !== 'identitySynchronization') {
    throw badRequest(`Could not find a property named '${expand}'.`);
  }
}

function createPartner(call: Call): Answer {
  const { tenantId, automaticUserConsentSettings, ...blocks } = readJsonBody(partnerPost, call.body);
  const { partners } = call.tenant.policies;
  if (tenantId === call.tenant.tenantId) throw badRequest('A tenant cannot be a partner of itself.');
  if (partners[tenantId]) {
    throw conflict('Another object with the same value for property tenantId already exists.');
  }
  if (!tenantKeys.some((key) => call.world.tenants[key].tenantId === tenantId)) {
    throw badRequest(`The tenant '${tenantId}' does not exist.`);
  }
  const partner = { ...newPartner(tenantId), ...blocks } as Partner;
  partner.automaticUserConsentSettings = {
    ...partner.automaticUserConsentSettings,
    ...automaticUserConsentSettings,
  };
  partners[tenantId] = partner;
  auditPolicy(call, 'Add a partner to cross-tenant access setting', tenantId, null, partner);
  return { ...entityAnswer(call, context, shown(call, partner)), status: 201 };
}

function updatePartner(call: Call): Answer {
  const partner = partnerOf(call);
  const { automaticUserConsentSettings, ...blocks } = readJsonBody(partnerPatch, call.body);
  const before = { ...partner };
  const inherit = { inboundAllowed: null, outboundAllowed: null };
  if (automaticUserConsentSettings === null) partner.automaticUserConsentSettings = inherit;
  else if (automaticUserConsentSettings) {
    partner.automaticUserConsentSettings = {
      ...partner.automaticUserConsentSettings,
      ...automaticUserConsentSettings,
    };
  }
  Object.assign(partner, blocks);
  auditPolicy(call, 'Update a partner cross-tenant access setting', partner.tenantId, before, partner);
  return noContent;
}

function deletePartner(call: Call): Answer {
  const partner = partnerOf(call);
  if (partner.identitySynchronization) {
    throw badRequest('The identity synchronization configuration of this partner must be deleted first.');
  }
  delete call.tenant.policies.partners[partner.tenantId];
  const activity = 'Delete partner specific cross-tenant access setting';
  auditPolicy(call, activity, partner.tenantId, partner);
  return noContent;
}

function getSync(call: Call): Answer {
  const { tenantId, identitySynchronization } = partnerOf(call);
  if (!identitySynchronization) throw notFound(tenantId);
  const { groupSyncInbound, ...v1 } = identitySynchronization;
  const visible = call.version === 'beta' ? { ...v1, groupSyncInbound } : v1;
  return entityAnswer(call, `${context}('${tenantId}')/identitySynchronization`, { tenantId, ...visible });
}

const readSync = (call: Call) =>
  readJsonBody(call.version === 'beta' ? identitySyncBeta : identitySync, call.body);

function auditSync(call: Call, verb: string, partner: Partner, before: object | null): void {
  const activity = `${verb} a partner cross-tenant identity sync setting`;
  auditPolicy(call, activity, partner.tenantId, before, partner.identitySynchronization);
}

function putSync(call: Call): Answer {
  const body = readSync(call);
  const partner = partnerOf(call);
  if (partner.identitySynchronization) {
    throw conflict(
      'A conflicting object with one or more of the specified property values is present in the directory.',
    );
  }
  const empty = { displayName: null, userSyncInbound: null, groupSyncInbound: null };
  partner.identitySynchronization = { ...empty, ...body };
  auditSync(call, 'Create', partner, null);
  return noContent;
}

function patchSync(call: Call): Answer {
  const body = readSync(call);
  if (!Object.keys(body).length) throw badRequest('The request body names nothing to change.');
  const partner = call.tenant.policies.partners[partnerKey(call)];
  if (!partner?.identitySynchronization) {
    throw new Refusal(
      404,
      'Directory_ObjectNotFound',
      'Unable to read the company information from the directory.',
    );
  }
  const before = { ...partner.identitySynchronization };
  Object.assign(partner.identitySynchronization, body);
  auditSync(call, 'Update', partner, before);
  return noContent;
}

function deleteSync(call: Call): Answer {
  const partner = partnerOf(call);
  if (!partner.identitySynchronization) throw notFound(partner.tenantId);
  const before = partner.identitySynchronization;
  partner.identitySynchronization = null;
  auditSync(call, 'Delete', partner, before);
  return noContent;
}

const get = { method: 'GET', permissions: readsPolicy, throttle: 'directory', isWrite: false } as const;
const write = { permissions: writesPolicy, throttle: 'directory', isWrite: true } as const;
const partners = '/v1.0/policies/crossTenantAccessPolicy/partners';
const one = `${partners}/{partnerTenantId}`;

function syncRoutes(version: 'v1.0' | 'beta'): Route[] {
  const path = `${one.replace('v1.0', version)}/identitySynchronization`;
  return [
    { ...get, path, operation: 'identitySynchronization.get', query: { options: ['$select'] }, run: getSync },
    { ...write, method: 'PUT', path, operation: 'identitySynchronization.create', run: putSync },
    { ...write, method: 'PATCH', path, operation: 'identitySynchronization.update', run: patchSync },
    { ...write, method: 'DELETE', path, operation: 'identitySynchronization.delete', run: deleteSync },
  ];
}

export const partnerRoutes: readonly Route[] = [
  {
    ...get,
    path: partners,
    operation: 'partners.list',
    query: {
      options: ['$select', '$expand', '$filter', '$top', '$skiptoken'],
      filter: { tenantId: ['eq'], isServiceProvider: ['eq'], isInMultiTenantOrganization: ['eq'] },
    },
    run: (call) => {
      checkExpand(call);
      const items = Object.values(call.tenant.policies.partners);
      return collectionAnswer(call, { context, items, show: (partner) => shown(call, partner) });
    },
  },
  { ...write, method: 'POST', path: partners, operation: 'partners.create', run: createPartner },
  {
    ...get,
    path: one,
    operation: 'partners.get',
    query: { options: ['$select', '$expand'] },
    run: (call) => {
      checkExpand(call);
      return entityAnswer(call, context, shown(call, partnerOf(call)));
    },
  },
  { ...write, method: 'PATCH', path: one, operation: 'partners.update', run: updatePartner },
  { ...write, method: 'DELETE', path: one, operation: 'partners.delete', run: deletePartner },
  ...syncRoutes('v1.0'),
  ...syncRoutes('beta').filter(({ method }) => method !== 'DELETE'),
];
