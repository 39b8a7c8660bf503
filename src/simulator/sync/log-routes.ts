import { boundTo } from '../filter-match';
import { hasPremium } from '../groups';
import { collectionAnswer, filterOf } from '../odata';
import { Refusal } from '../refusal';
import type { Answer, Call, Route } from '../route';
import { showRow } from './shown-row';
import type { LogRow } from './state';

const retentionMs = 30 * 86_400_000;

/** The provisioning log of the source tenant, 30 days (facts 6.1). Values in filters are case-sensitive. */
function listRows(call: Call): Answer {
  const { tenant } = call;
  if (!hasPremium(tenant)) {
    throw new Refusal(
      403,
      'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
      "Neither tenant is B2C or tenant doesn't have premium license",
    );
  }
  return collectionAnswer(newestFirst(call), {
    context: 'auditLogs/provisioning',
    items: rowsFor(call).reverse(),
    show: (row) => showRow(row, tenant.servicePrincipals[row.servicePrincipalId]),
    caseSensitive: true,
  });
}

/** Rows that the filter can be about at all, oldest first. */
function rowsFor(call: Call): LogRow[] {
  const filter = filterOf(call);
  const oldest = call.now - retentionMs;
  const users = boundTo(filter, 'sourceIdentity/id');
  const cycles = boundTo(filter, 'cycleId');
  return call.tenant.sync.rows.filter(
    ({ atMs, source, cycleId }) =>
      atMs >= oldest && (users?.includes(source.id) ?? true) && (cycles?.includes(cycleId) ?? true),
  );
}

/** Rows come newest first anyway: no need to expand all of them for the sorting. */
function newestFirst(call: Call): Call {
  if (call.query.get('$orderby') !== 'activityDateTime desc') return call;
  return { ...call, query: new Map([...call.query].filter(([name]) => name !== '$orderby')) };
}

const identity = (name: string) => ({
  [`${name}/id`]: ['eq', 'contains'] as const,
  [`${name}/displayName`]: ['eq', 'contains'] as const,
  [`${name}/identityType`]: ['eq', 'contains'] as const,
});

const equal = ['eq', 'contains'] as const;

export const logRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1.0/auditLogs/provisioning',
    operation: 'auditLogs.provisioning.list',
    permissions: ['ProvisioningLog.Read.All', 'AuditLog.Read.All', 'Directory.Read.All'],
    throttle: 'reports',
    isWrite: false,
    query: {
      options: ['$filter', '$orderby', '$top', '$skiptoken'],
      filter: {
        ...{ id: equal, tenantId: equal, jobId: equal, changeId: equal, cycleId: equal },
        ...{ provisioningAction: equal, 'provisioningStatusInfo/status': equal },
        ...{ 'sourceSystem/displayName': equal, 'targetSystem/displayName': equal },
        ...identity('sourceIdentity'),
        ...identity('targetIdentity'),
        ...{ 'initiatedBy/displayName': equal, activityDateTime: ['eq', 'gt', 'lt'] },
        ...{ 'servicePrincipal/id': equal, 'servicePrincipal/displayName': equal },
      },
      orderby: ['activityDateTime'],
      page: { size: 100, max: 999 },
    },
    run: listRows,
  },
];
