import { effectsOf, nothing } from './effects';
import { allowSync, assign, assignGroup, consent, logRows, startLinked, type Linked } from './linked';

const mobile = '3179e48a-750b-4051-897c-87b9720928f7';
const eveInFab = 'eve_contoso.com#EXT#@fabrikam.onmicrosoft.com';

describe('one flip after the first cycle', () => {
  let linked: Linked;

  beforeEach(async () => {
    linked = await startLinked();
    await assignGroup(linked, 'Pilot');
    await linked.simulator.graph('con', 'POST', `${linked.job}/start`);
    await linked.simulator.control.advance('PT40M');
  });
  afterEach(() => linked.simulator.close());

  const status = async () => (await linked.simulator.graph('con', 'GET', linked.job)).body.status;
  const con = () => linked.simulator.tenantId('con');
  const fab = () => linked.simulator.tenantId('fab');
  const sms = (act: 'enableSmsSignIn' | 'disableSmsSignIn') => async () => {
    const user = `/v1.0/users/${linked.simulator.personId('eve')}`;
    const answer = await linked.simulator.graph(
      'con',
      'POST',
      `${user}/authentication/phoneMethods/${mobile}/${act}`,
    );
    expect(answer.status).toBe(204);
  };

  it('does nothing when nothing was flipped', async () => {
    expect(await effectsOf(linked, async () => undefined)).toEqual(nothing);
    expect((await status()).lastExecution).toMatchObject({ state: 'Succeeded', countImported: 0 });
  });

  it.each([
    [
      'the inbound policy of the target',
      () => allowSync(linked.simulator, false),
      () => allowSync(linked.simulator, true),
      'AzureActiveDirectoryCrossTenantSyncPolicyCheckFailure',
      /^The target tenant has not enabled inbound synchronization with this tenant\./,
    ],
    [
      'redemption in the target',
      () => consent(linked.simulator, 'fab', con(), { inboundAllowed: false }),
      () => consent(linked.simulator, 'fab', con(), { inboundAllowed: true }),
      'AzureDirectoryB2BManagementPolicyCheckFailure',
      /^Policy permitting auto-redemption of invitations not configured\.$/,
    ],
    [
      'redemption in the source',
      () => consent(linked.simulator, 'con', fab(), { outboundAllowed: false }),
      () => consent(linked.simulator, 'con', fab(), { outboundAllowed: true }),
      'AzureActiveDirectoryCrossTenantSyncPolicyCheckFailure',
      /^The source tenant has not enabled automatic user consent with the target tenant\./,
    ],
  ])('quarantines the job and touches nobody when %s goes off', async (_, off, on, code, message) => {
    expect(await effectsOf(linked, off)).toEqual(nothing);
    expect(await status()).toMatchObject({
      code: 'Quarantine',
      countSuccessiveCompleteFailures: 1,
      lastExecution: { state: 'Failed', error: { code } },
      quarantine: {
        reason: 'EncounteredQuarantineException',
        seriesCount: 1,
        nextAttempt: '2026-01-06T09:40:00Z',
        error: { code, message: expect.stringMatching(message), tenantActionable: true },
      },
    });
    await on();
    expect(await effectsOf(linked, async () => undefined, 'PT23H')).toEqual(nothing);
    expect((await status()).code).toBe('Quarantine');
    await linked.simulator.control.advance('PT1H');
    expect(await status()).toMatchObject({
      code: 'Active',
      quarantine: null,
      countSuccessiveCompleteFailures: 0,
    });
  });

  it('deletes everybody softly when the assignment goes', async () => {
    const names = (await logRows(linked)).map(({ sourceIdentity }) => sourceIdentity.displayName);
    const before = (await linked.simulator.control.users('fab'))
      .filter(({ home }) => home?.tenantId === con())
      .filter(({ externalUserState, department }) => externalUserState && department)
      .map(({ userPrincipalName }) => userPrincipalName);
    const { body } = await linked.simulator.graph('con', 'GET', `${linked.root}/appRoleAssignedTo`);
    const effects = await effectsOf(linked, () =>
      linked.simulator.graph('con', 'DELETE', `${linked.root}/appRoleAssignedTo/${body.value[0].id}`),
    );
    expect(effects.deleted).toHaveLength(11);
    expect(before).toEqual(expect.arrayContaining(effects.deleted));
    expect(effects).toEqual({
      ...nothing,
      deleted: effects.deleted,
      rows: names
        .map((name) =>
          name.startsWith('Eve')
            ? `${name}: other skipped NotEffectivelyEntitled`
            : `${name}: delete success`,
        )
        .sort(),
    });
    const again = await effectsOf(linked, () => assignGroup(linked, 'Pilot'));
    expect(again.restored).toEqual(effects.deleted);
    expect([again.created, again.rows.length]).toEqual([[], 12]);
  });

  it('creates one user for one new assignment', async () => {
    const effects = await effectsOf(linked, () => assign(linked, linked.simulator.personId('zoe')));
    expect(effects).toEqual({
      ...nothing,
      created: ['zoe_contoso.com#EXT#@fabrikam.onmicrosoft.com'],
      rows: [expect.stringMatching(/^Zoe .*: create success$/)],
    });
  });

  it('follows the SMS sign-in of one user: created, deleted, restored', async () => {
    expect(await effectsOf(linked, sms('disableSmsSignIn'))).toEqual({
      ...nothing,
      created: [eveInFab],
      rows: ['Eve Laurent: create success'],
    });
    expect(await effectsOf(linked, sms('enableSmsSignIn'))).toEqual({
      ...nothing,
      deleted: [eveInFab],
      rows: ['Eve Laurent: delete success'],
    });
    expect(await effectsOf(linked, sms('disableSmsSignIn'))).toEqual({
      ...nothing,
      restored: [eveInFab],
      rows: ['Eve Laurent: update success'],
    });
  });

  it('flows a change and a disabled account, and keeps a disabled user who is unassigned later', async () => {
    const bob = linked.simulator.personId('bob');
    const name = 'bob_contoso.com#EXT#@fabrikam.onmicrosoft.com';
    const patch = (body: object) => () =>
      linked.simulator.graph('con', 'PATCH', `/v1.0/users/${bob}`, { body });
    expect(await effectsOf(linked, patch({ jobTitle: 'Director' }))).toEqual({
      ...nothing,
      changed: { [name]: ['jobTitle'] },
      rows: ['Bob Fischer: update success'],
    });
    const row = (await logRows(linked, `sourceIdentity/id eq '${bob}'`)).at(-1);
    expect(row.modifiedProperties).toEqual([
      { displayName: 'jobTitle', oldValue: 'Project Lead', newValue: 'Director' },
    ]);
    expect(await effectsOf(linked, patch({ accountEnabled: false }))).toEqual({
      ...nothing,
      changed: { [name]: ['accountEnabled'] },
      rows: ['Bob Fischer: disable success'],
    });
    const { body } = await linked.simulator.graph('con', 'GET', `${linked.root}/appRoleAssignedTo`);
    const effects = await effectsOf(linked, () =>
      linked.simulator.graph('con', 'DELETE', `${linked.root}/appRoleAssignedTo/${body.value[0].id}`),
    );
    expect(effects.deleted).toHaveLength(10);
    expect(effects.deleted).not.toContain(name);
    expect(effects.rows).toContain('Bob Fischer: other skipped NotEffectivelyEntitled');
  });

  it('keeps a change made in the target until the source user changes', async () => {
    const made = (await linked.simulator.control.users('fab', 'bob_contoso'))[0];
    await linked.simulator.graph('fab', 'PATCH', `/v1.0/users/${made?.id}`, {
      body: { jobTitle: 'Guest of honour' },
    });
    expect(await effectsOf(linked, async () => undefined)).toEqual(nothing);
    const bob = linked.simulator.personId('bob');
    const effects = await effectsOf(linked, () =>
      linked.simulator.graph('con', 'PATCH', `/v1.0/users/${bob}`, { body: { city: 'Bonn' } }),
    );
    expect(effects.changed).toEqual({ [made?.userPrincipalName ?? '']: ['city', 'jobTitle'] });
  });
});
