import { crossTenantSyncTemplateId } from '../../graph/service-principals';
import type { Link, Tenant } from '../../plan/types';
import type { Look } from '../../diagnose/look';
import { outdated } from './outdated';
import { policyPart } from './policy-reads';
import { quoted } from './quote';
import type { Line, ReadRow, Script, TenantScript } from './script';

const readsOfJobs = ['Synchronization.Read.All', 'Application.Read.All'];

/** `check`: tenants, licences and switches of both sides, then the job. */
export const checkRow: ReadRow = {
  async script({ link, look }) {
    if (!link || !look) return { none: 'Name a link, for a check looks at two tenants.' };
    const [target, source] = [policyPart(link, 'target'), policyPart(link, 'source')];
    const job = await jobLines(look);
    return {
      parts: [
        withMore(target, ['Organization.Read.All'], tenantLines),
        withMore(source, ['Organization.Read.All', ...readsOfJobs], [...tenantLines, ...job]),
      ],
      outdated: [outdated.basePolicy, outdated.scopes],
    };
  },
};

/** `diff`: the settings of the link itself; what it is compared with is no call of its own. */
export const diffRow: ReadRow = {
  async script({ link, look }) {
    if (!link || !look) return { none: 'Name a link, for these settings belong to two tenants.' };
    const job = await jobLines(look);
    return {
      parts: [policyPart(link, 'target'), withMore(policyPart(link, 'source'), readsOfJobs, job)],
      outdated: [outdated.basePolicy, outdated.readPartner],
    };
  },
};

/** `status <link>`, or the configurations of every tenant for `status` and `links`. */
export const statusRow: ReadRow = {
  async script({ link, look, tenants }) {
    if (!link || !look) return configurationsScript(tenants);
    const lines = [...(await jobLines(look)), ...(await logLines(look))];
    const scopes = [...readsOfJobs, 'AuditLog.Read.All'];
    return { parts: [{ tenant: link.source, scopes, lines }], outdated: [outdated.onPremisesCycle] };
  },
};

/** `logs <link>`: the provisioning log of its job. */
export const logsRow: ReadRow = {
  async script({ link, look }) {
    if (!link || !look) return { none: 'Name a link, for each job has a log of its own.' };
    const lines = [...(await jobLines(look)), ...(await logLines(look))];
    const scopes = [...readsOfJobs, 'AuditLog.Read.All'];
    return { parts: [{ tenant: link.source, scopes, lines }], outdated: [outdated.onPremisesCycle] };
  },
};

export const linksRow: ReadRow = { script: async ({ tenants }) => configurationsScript(tenants) };

export const tenantsRow: ReadRow = {
  script: async ({ tenants }) => ({
    parts: tenants.map((tenant) => ({ tenant, scopes: ['Organization.Read.All'], lines: tenantLines })),
    outdated: [],
  }),
};

/** The step `connect` of the guide: a session for people; this program itself uses consent of its own. */
export const connectRow: ReadRow = {
  async script({ tenants, words }) {
    const named = tenants.find(({ key }) => key.toLowerCase() === words['tenant']?.toLowerCase());
    const scopes = ['Policy.ReadWrite.CrossTenantAccess', 'Synchronization.ReadWrite.All'];
    const lines = [{ about: 'Who is connected, and with which permissions', command: 'Get-MgContext' }];
    return {
      parts: (named ? [named] : tenants).map((tenant) => ({ tenant, scopes, lines })),
      outdated: [outdated.scopes],
    };
  },
};

const tenantLines: readonly Line[] = [
  {
    about: 'The tenant',
    command: 'Get-MgOrganization | Select-Object Id, DisplayName, TenantType, VerifiedDomains',
  },
  {
    about: 'Licences: AAD_PREMIUM is Entra ID P1',
    command:
      "Get-MgSubscribedSku | Select-Object SkuPartNumber, CapabilityStatus, ConsumedUnits, @{n='Plans'; e={$_.ServicePlans.ServicePlanName}}",
  },
];

function configurationsScript(tenants: readonly Tenant[]): Script {
  const command = `Get-MgServicePrincipal -All | Where-Object ApplicationTemplateId -eq ${quoted(crossTenantSyncTemplateId)} | Select-Object Id, DisplayName`;
  const lines = [{ about: 'Every configuration of cross-tenant synchronization', command }];
  return {
    parts: tenants.map((tenant) => ({ tenant, scopes: ['Application.Read.All'], lines })),
    outdated: [],
  };
}

/** Configuration and job by their ids; the search for them when there are none yet. */
export async function jobLines(look: Look): Promise<readonly Line[]> {
  const [configuration, job] = [await look.configuration(), await look.job()];
  if (!configuration) return [searchLine(look.link)];
  const servicePrincipal = `-ServicePrincipalId ${quoted(configuration.id)}`;
  const ofJob = job ? ` -SynchronizationJobId ${quoted(job.id)}` : '';
  return [
    {
      about: 'The synchronization job: schedule, last cycle, quarantine',
      command: `Get-MgServicePrincipalSynchronizationJob ${servicePrincipal}${ofJob} | ConvertTo-Json -Depth 6`,
    },
    {
      about: 'Who is assigned',
      command: `Get-MgServicePrincipalAppRoleAssignedTo ${servicePrincipal} -All | Select-Object PrincipalDisplayName, PrincipalType, PrincipalId`,
    },
  ];
}

/** The provisioning log of the link's job. */
export async function logLines(look: Look): Promise<readonly Line[]> {
  const job = await look.job();
  if (!job) return [];
  const filter = quoted(`jobId eq '${job.id.replaceAll("'", "''")}'`);
  return [
    {
      about: 'The provisioning log of this job, newest first',
      command: `Get-MgAuditLogProvisioning -Filter ${filter} -Top 100 | Select-Object ActivityDateTime, ProvisioningAction, @{n='Status'; e={$_.ProvisioningStatusInfo.Status}}, @{n='User'; e={$_.SourceIdentity.DisplayName}}`,
    },
  ];
}

function searchLine({ target }: Link): Line {
  return {
    about: `No configuration for ${target.displayName} was found; this lists all there are`,
    command: `Get-MgServicePrincipal -All | Where-Object ApplicationTemplateId -eq ${quoted(crossTenantSyncTemplateId)}`,
  };
}

function withMore(part: TenantScript, scopes: readonly string[], lines: readonly Line[]): TenantScript {
  return { ...part, scopes: [...part.scopes, ...scopes], lines: [...part.lines, ...lines] };
}
