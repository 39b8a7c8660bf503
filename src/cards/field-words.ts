import type { FieldChange, Link, PlannedStep } from '../plan/types';
import { type Leaf, text } from './text';
import { shownValue } from './words';

/** Graph's field names in plain words; the name itself stands along where it is short enough for a phone. */
const words: Readonly<Record<string, string>> = {
  tenantId: 'partner tenant (tenantId)',
  'userSyncInbound.isSyncAllowed': 'inbound synchronization (isSyncAllowed)',
  'automaticUserConsentSettings.inboundAllowed': 'automatic redemption (inboundAllowed)',
  'automaticUserConsentSettings.outboundAllowed': 'automatic redemption (outboundAllowed)',
  templateId: 'kind of job (templateId)',
  AuthenticationType: 'how it signs in (AuthenticationType)',
  CompanyId: 'target tenant (CompanyId)',
  SyncAll: 'everybody in scope (SyncAll)',
  'SyncNotificationSettings.Enabled': 'notification mail is on',
  'SyncNotificationSettings.Recipients': 'notification mail goes to',
  'SyncNotificationSettings.DeleteThresholdEnabled': 'deletion guard is on',
  'SyncNotificationSettings.DeleteThresholdValue': 'deletion guard, users',
  'SyncNotificationSettings.HumanResourcesLookaheadQueryEnabled': 'HR look-ahead, not used here',
  appRoleAssignedTo: 'in scope by assignment',
  resetScope: 'what is reset (resetScope)',
  'schedule.state': 'state of the job',
  provisioned: 'account in the target',
  'inboundTrust.isMfaAccepted': 'trusts MFA of the source',
  'inboundTrust.isCompliantDeviceAccepted': 'trusts compliant devices',
  'inboundTrust.isHybridAzureADJoinedDeviceAccepted': 'trusts hybrid joined devices',
  inboundTrust: 'inbound trust',
};

/** A field of Graph in plain words; its own name where there are none. */
export function fieldWords(field: string): string {
  return words[field] ?? field;
}

/** Fields `field`, `before` and `after` of one row of changes. */
export function fieldRow(
  step: PlannedStep,
  { field, before, after }: FieldChange,
  link: Link,
): { readonly field: Leaf; readonly before: Leaf; readonly after: Leaf } {
  if (field === 'appRoleAssignedTo') {
    return { field: text`${fieldWords(field)}`, before: assigned(before), after: assigned(after) };
  }
  const isName = step.name === 'configuration' && field === 'displayName';
  return {
    field: isName ? text`name of the configuration` : text`${fieldWords(field)}`,
    before: shownValue(before, link),
    after: shownValue(after, link),
  };
}

/** The title says who; the id of that user or group helps nobody. */
function assigned(value: FieldChange['after']): Leaf {
  return value === 'absent' || value === null || value === '' ? text`no` : text`yes`;
}
