import type { Secret } from '../../src/graph/synchronization-secrets';
import type { DesiredState } from '../../src/plan/types';
import { differences, wantedSecrets } from '../../src/steps/secret-set';

const target = '22222222-2222-4222-8222-222222222222';
const nothing: DesiredState = {
  userType: 'member',
  assignments: [],
  deletionGuard: null,
  notificationMail: null,
};
const guarded: DesiredState = { ...nothing, deletionGuard: 10, notificationMail: 'ops@example.com' };

function saved(settings: object, others: Record<string, string | null> = {}): Secret[] {
  const values = {
    AuthenticationType: 'SyncPolicy',
    CompanyId: target,
    SyncAll: 'false',
    SyncNotificationSettings: JSON.stringify(settings),
    ...others,
  };
  return Object.entries(values).map(([key, value]) => ({ key, value }));
}

function fieldsOf(secrets: Secret[], desired: DesiredState): string[] {
  return differences(secrets, wantedSecrets(secrets, desired, target)).map(({ field }) => field);
}

describe('the set of saved settings', () => {
  it('writes everything when nothing was saved, with "absent" before', () => {
    const fields = differences([], wantedSecrets([], guarded, target));
    expect(fields.every(({ before }) => before === 'absent')).toBe(true);
    expect(Object.fromEntries(fields.map(({ field, after }) => [field, after]))).toEqual({
      AuthenticationType: 'SyncPolicy',
      CompanyId: target,
      SyncAll: 'false',
      'SyncNotificationSettings.Enabled': true,
      'SyncNotificationSettings.Recipients': 'ops@example.com',
      'SyncNotificationSettings.DeleteThresholdEnabled': true,
      'SyncNotificationSettings.DeleteThresholdValue': 10,
      'SyncNotificationSettings.HumanResourcesLookaheadQueryEnabled': false,
    });
  });

  it('leaves guard and mail alone when they are not asked for', () => {
    const secrets = saved({
      Enabled: true,
      Recipients: 'a@b.c',
      DeleteThresholdEnabled: true,
      DeleteThresholdValue: 500,
    });
    expect(fieldsOf(secrets, nothing)).toEqual([]);
  });

  it('names only the guard when only the guard differs, and keeps members it does not know', () => {
    const secrets = saved({
      Enabled: true,
      Recipients: 'ops@example.com',
      DeleteThresholdEnabled: true,
      DeleteThresholdValue: 500,
      Later: 'x',
    });
    expect(fieldsOf(secrets, guarded)).toEqual(['SyncNotificationSettings.DeleteThresholdValue']);
    expect(wantedSecrets(secrets, guarded, target).notifications).toMatchObject({ Later: 'x' });
  });

  it('takes text for numbers and words for booleans', () => {
    const secrets = saved({
      Enabled: 'True',
      Recipients: 'ops@example.com',
      DeleteThresholdEnabled: 'true',
      DeleteThresholdValue: '10',
    });
    expect(fieldsOf(secrets, guarded)).toEqual([]);
  });

  it('plans a guard that is wished anew although Graph masks the settings', () => {
    const masked = saved({}, { SyncNotificationSettings: null });
    const verified = { ...guarded, deletionGuard: 5 };
    const fields = (desired: DesiredState, hasWritten: boolean) =>
      differences(masked, wantedSecrets(masked, desired, target, verified), { verified, hasWritten });
    expect(fields(guarded, false)).toEqual([
      { field: 'SyncNotificationSettings.DeleteThresholdValue', before: 5, after: 10 },
    ]);
    expect(fields(verified, false)).toEqual([]);
    expect(fields(nothing, false)).toEqual([]);
    expect(fields(guarded, true)).toEqual([]);
  });

  it('never puts a masked value back: what was last verified stands in for it', () => {
    const masked = saved({}, { SyncNotificationSettings: null, SyncAll: null });
    const verified = { ...guarded, scope: 'all' as const };
    expect(wantedSecrets(masked, nothing, target, verified)).toMatchObject({
      syncAll: 'true',
      notifications: { Enabled: true, Recipients: 'ops@example.com', DeleteThresholdValue: 10 },
    });
  });

  it('says that it cannot read what nobody has verified', () => {
    const masked = saved({}, { SyncNotificationSettings: null });
    const known = { verified: null, hasWritten: false };
    const fields = differences(masked, wantedSecrets(masked, guarded, target), known);
    expect(fields.map(({ before }) => before)).toEqual(fields.map(() => 'not readable'));
    expect(fields).not.toHaveLength(0);
  });

  it('counts a masked value as equal', () => {
    expect(fieldsOf(saved({}, { SyncNotificationSettings: null, CompanyId: null }), guarded)).toEqual([]);
  });

  it('never narrows a configuration that synchronizes everybody', () => {
    const secrets = saved({ Enabled: false }, { SyncAll: 'true' });
    expect(wantedSecrets(secrets, nothing, target).syncAll).toBe('true');
    expect(fieldsOf(secrets, nothing)).toEqual([]);
  });
});
