import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { causes } from '../../src/diagnose/causes';
import { catalogueDocs } from '../../src/diagnose/catalogue-docs';
import { causeOfEvent } from '../../src/diagnose/event-cause';
import { causesOf, explain } from '../../src/diagnose/explain';
import { groupLog } from '../../src/diagnose/log-causes';
import { provisioningEventSchema } from '../../src/graph/provisioning-logs';

/** For every row a line as an administrator would paste it. */
const pasted: Readonly<Record<string, string>> = {
  'redemption-outbound-off':
    'AzureActiveDirectoryCrossTenantSyncPolicyCheckFailure: The source tenant has not enabled automatic user consent with the target tenant.',
  'inbound-sync-off':
    'AzureActiveDirectoryCrossTenantSyncPolicyCheckFailure: The target tenant has not enabled inbound synchronization with this tenant.',
  'sync-policy-check': 'AzureActiveDirectoryCrossTenantSyncPolicyCheckFailure: another reason',
  'redemption-off': 'Policy permitting auto-redemption of invitations not configured.',
  'external-tenant-not-found': 'ExternalTenantNotFound',
  'other-cloud-not-enabled': 'The identity of the calling application could not be established.',
  'exchange-owns-attribute': 'AzureActiveDirectoryCannotUpdateObjectsOriginatedInExternalService',
  'target-quota': 'AzureActiveDirectoryQuotaLimitExceeded',
  'guest-invitations-off':
    'AzureActiveDirectoryForbidden Guest invitations not allowed for your company. Contact your company administrator for more details.',
  'target-forbids': 'AzureActiveDirectoryForbidden: another reason',
  'invitation-failed': 'InvitationCreationFailure',
  'pending-account-disabled': 'InvitationCreationFailureUserAccountDisabled',
  'invitation-property': 'InvitationCreationFailureInvalidPropertyValue',
  'address-taken': 'InvitationCreationFailureAmbiguousUser',
  'target-mastered-on-premises': 'Microsoft Entra ID CannotUpdateObjectsMasteredOnPremises',
  'target-role-holder': 'AzureActiveDirectoryInsufficientRights',
  'matching-touched': 'schemaInvalid',
  'sms-or-external': "Filter external users.alternativeSecurityIds EQUALS 'None'",
  'not-assigned': 'SkipReason: NotEffectivelyEntitled',
  'own-filter': "Marketing department filter.department EQUALS 'Marketing'",
  'already-equal': 'RedundantExport',
  'not-active': 'This object is not active in the source system.',
  'matching-value-missing': 'ImportSkipped',
  'out-of-scope-or-nothing': 'EntrySynchronizationSkipped',
  'groups-not-mapped': 'EntityTypeNotSupported',
  'too-many-deletes': 'TooManyDeletes',
  'staged-delete': 'StagedDelete',
  'cannot-connect': 'EncounteredQuarantineException',
  'too-many-failures-share': 'EncounteredEscrowProportionThreshold',
  'too-many-failures-base': 'EncounteredBaseEscrowThreshold',
  'too-many-failures-total': 'EncounteredTotalEscrowThreshold',
  'ingestion-interrupted': 'IngestionInterrupted',
  'quarantined-on-demand': 'QuarantineOnDemand',
  'quarantine-unknown': 'Unknown',
  conflict: 'BoxEntryConflict',
  'passing-trouble': 'Timeout',
  'no-right': 'MethodNotAllowed',
  'not-processable': 'AzureActiveDirectoryUnprocessableEntity',
  'not-implemented': 'NotImplemented',
  'target-vanished': 'InvalidAnchor',
  'value-missing': 'MandatoryFieldsMissing',
  'attribute-unknown': 'SchemaAttributeNotFound',
  'domain-invalid': 'InvalidDomain',
  'licence-limit': 'LicenseLimitExceeded',
  'several-targets': 'DuplicateTargetEntries',
  'several-sources': 'DuplicateSourceEntries',
  'single-value': 'SchemaPropertyCanOnlyAcceptValue',
  scim: 'SystemForCrossDomainIdentityManagementServiceIncompatible',
  'exists-already': 'Request_MultipleObjectsWithSameKeyValue',
  'does-not-exist': 'Directory_ObjectNotFound',
  'request-denied': 'Authorization_RequestDenied',
  'unknown-401': 'UnknownError',
  'no-premium': "Neither tenant is B2C or tenant doesn't have premium license",
};

describe('the catalogue', () => {
  it.each(causes.map((row) => [row.name, row] as const))('explains %s from what people paste', (name) => {
    const found = explain(pasted[name] ?? '');
    expect(found.outcome === 'known' ? found.causes.map((one) => one.name) : []).toEqual([name]);
  });

  it.each(causes.map((row) => [row.name, row] as const))('says of %s who does what, and whence', (_, row) => {
    expect(row.cause).toMatch(/^[A-Z].{20,200}\.$/u);
    expect(row.remedy).toMatch(/^[A-Z].{10,260}\.$/su);
    expect(row.source.length).toBeGreaterThan(15);
    expect(row.codes.length > 0 || row.text !== undefined).toBe(true);
    for (const line of row.commands) expect(line).toMatch(/^[a-z]/);
  });

  it('has every name once, and a test for no row that is gone', () => {
    expect(new Set(causes.map(({ name }) => name)).size).toBe(causes.length);
    expect(Object.keys(pasted).toSorted()).toEqual(causes.map(({ name }) => name).toSorted());
  });

  it.each(['GatewayHiccup42', 'nothing at all', 'the user is Unknown to us', '', '????', 'x'.repeat(5_000)])(
    'guesses nothing about %j',
    (typed) => {
      expect(explain(typed).outcome).toBe('unknown');
    },
  );

  it('shows all causes of a code when no text tells which', () => {
    const found = explain('AzureActiveDirectoryForbidden');
    const names = found.outcome === 'known' ? found.causes.map(({ name }) => name) : [];
    expect(names).toEqual(['guest-invitations-off', 'target-forbids']);
  });

  it('claims for a row of the log only the general cause of a code without a text', () => {
    const names = causesOf({ code: 'AzureActiveDirectoryForbidden', text: null }).map(({ name }) => name);
    expect(names).toEqual(['target-forbids']);
  });

  it('is what docs/explain.md says (UPDATE_GOLDEN=1 writes it)', () => {
    const file = resolve(__dirname, '../../docs/explain.md');
    const text = catalogueDocs(causes);
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, text);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });
});

const folder = join(__dirname, '../../../shared/graph/samples');
const samples = existsSync(folder)
  ? readdirSync(folder).filter((name) => name.startsWith('provisioning-') && name.endsWith('.json'))
  : [];
if (samples.length === 0)
  console.warn('skipped: ../shared/graph/samples is absent, so no real log is grouped');

(samples.length === 0 ? describe.skip : describe)('real rows of the provisioning log', () => {
  it.each(samples.length === 0 ? ['none'] : samples)('%s is grouped, with what it says kept', (name) => {
    const { response } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as {
      response: { value: unknown[] };
    };
    const rows = response.value.map((row) => provisioningEventSchema.parse(row));
    const log = groupLog(rows);
    expect(rows.length).toBeGreaterThan(0);
    const grouped = log.groups.reduce((sum, one) => sum + one.failed + one.skipped + one.staged, 0);
    expect(log.succeeded + log.unchanged + grouped).toBe(rows.length);
    for (const row of rows.filter(({ status }) => status === 'failure')) {
      expect(causeOfEvent(row)).toMatchObject({ code: row.errorCode });
    }
  });
});
