import { deletionGuardOf } from '../../src/diagnose/deletion-guard';
import { healthOf } from '../../src/diagnose/link-status';
import { synchronizationJobSchema } from '../../src/graph/synchronization-jobs';

function job(state: string, status: object, settings: object[] = []) {
  return synchronizationJobSchema.parse({
    id: 'job',
    templateId: 'Azure2Azure',
    schedule: { state, interval: 'PT40M' },
    status,
    synchronizationJobSettings: settings,
  });
}

const ended = { state: 'Succeeded', timeBegan: '2026-01-01T00:00:00Z', timeEnded: '2026-01-01T00:02:00Z' };
const placeholder = { state: 'Failed', error: { code: 'None' } };

describe('the health of a link', () => {
  it.each([
    ['never started', job('Disabled', { code: 'Paused', lastExecution: null })],
    ['first cycle running', job('Active', { code: 'NotRun', lastExecution: placeholder })],
    ['healthy', job('Active', { code: 'Active', lastExecution: ended })],
    ['paused', job('Paused', { code: 'Paused', lastExecution: ended })],
    ['failing', job('Active', { code: 'Active', lastExecution: ended, countSuccessiveCompleteFailures: 2 })],
    [
      'failing',
      job('Active', {
        code: 'Active',
        lastExecution: { ...ended, state: 'Failed', error: { code: 'Boom' } },
      }),
    ],
    ['quarantined', job('Active', { code: 'Quarantine', lastExecution: ended })],
    ['quarantined', job('Paused', { code: 'Paused', quarantine: { reason: 'TooManyDeletes' } })],
  ])('is “%s”', (expected, given) => {
    expect(healthOf(given)).toBe(expected);
  });
});

describe('the deletion guard', () => {
  const saved = (settings: object) => [{ key: 'SyncNotificationSettings', value: JSON.stringify(settings) }];
  const plain = job('Active', { code: 'Active' });

  it.each([
    [
      'is what was saved',
      saved({ DeleteThresholdEnabled: true, DeleteThresholdValue: 10 }),
      plain,
      { limit: 10, isDefault: false },
    ],
    [
      'is the default when only switched on',
      saved({ DeleteThresholdEnabled: true }),
      plain,
      { limit: 500, isDefault: true },
    ],
    [
      'is off when it was switched off',
      saved({ DeleteThresholdEnabled: false }),
      plain,
      { limit: null, isDefault: true },
    ],
    ['is the default when nothing was saved', [], plain, { limit: 500, isDefault: true }],
    [
      'cannot be told when Graph masks it',
      [{ key: 'SyncNotificationSettings', value: null }],
      plain,
      'unreadable',
    ],
    ['cannot be told when the settings may not be read', null, plain, 'unreadable'],
    [
      'is read from the job where the settings say nothing',
      null,
      job('Active', {}, [{ name: 'QuarantineTooManyDeletesThreshold', value: '40' }]),
      { limit: 40, isDefault: false },
    ],
  ] as const)('%s', (_, secrets, given, expected) => {
    expect(deletionGuardOf(secrets, given)).toEqual(expected);
  });
});
