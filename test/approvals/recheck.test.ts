import { checkAuthority } from '../../src/approvals/recheck';
import { setLogLevel } from '../../src/log';
import type { Decision, Person, PlanRecord } from '../../src/plan/types';
import { FakeDirectory, tenantConfig } from '../helpers/fake-directory';
import { contentWith, person, recordOf, stepIn, voice } from './support/plain-plan';

/** Just before the first write: what those who approved hold now (I11). */
describe('authority just before the work begins', () => {
  let directory: FakeDirectory;
  let [ann, ben, cat]: Person[] = [];
  const both = contentWith([stepIn('aa'), stepIn('bb')]);
  const groups = { operators: { tenantId: 'aa', groupId: 'operators' } };

  beforeAll(() => setLogLevel('silent'));
  afterAll(() => setLogLevel('info'));
  beforeEach(() => {
    directory = new FakeDirectory();
    [ann, ben] = ['ann', 'ben'].map((name) => directory.add('aa', name, { roles: ['role-a'] }));
    cat = directory.add('bb', 'cat', { roles: ['role-a'] });
  });

  const check = (decisions: readonly Decision[], more: Partial<PlanRecord> = {}, content = both) =>
    checkAuthority(
      { directory, tenants: [{ ...tenantConfig('aa', groups), breakGlass: ['ann-id'] }, tenantConfig('bb')] },
      recordOf(content, {
        quorums: ['aa', 'bb'].map((tenantId) => ({ tenantId, needed: 1, candidates: [] })),
        decisions,
        ...more,
      }),
    );
  const lost = (names: string) => ({
    type: 'lost',
    text: `${names} may no longer decide on this plan, so the approval does not count.`,
  });

  it('stands while all of them hold their roles', async () => {
    expect(await check([voice(ann!), voice(cat!)])).toEqual({ type: 'stands' });
  });

  it('is lost with the role of one who is needed', async () => {
    directory.of(cat!).roles = [];
    expect(await check([voice(ann!), voice(cat!)])).toEqual(lost('cat'));
    directory.of(ann!).roles = [];
    expect(await check([voice(ann!), voice(cat!)])).toEqual(lost('ann and cat'));
  });

  it('stands when somebody else makes up the number', async () => {
    directory.of(ann!).roles = [];
    expect(await check([voice(ann!), voice(ben!), voice(cat!)])).toEqual({ type: 'stands' });
  });

  it('is not known while the directory does not answer', async () => {
    directory.isDown = true;
    expect(await check([voice(ann!), voice(cat!)])).toEqual({ type: 'unknown' });
  });

  it('is lost when those who approved were too few from the start', async () => {
    expect(await check([voice(ann!)])).toEqual(lost('Those who approved'));
    expect(await check([voice(ann!), voice(cat!, 'bb', { decision: 'rejected' })])).toEqual(
      lost('Those who approved'),
    );
    expect(await check([voice(ann!), voice(cat!, 'bb', { decision: 'confirmed' })])).toMatchObject({
      type: 'lost',
    });
  });

  describe('of a voice by break-glass', () => {
    const isLive = { reason: '', openedAt: '', expiresAt: '', isLive: true };
    const broken = () => [voice(ann!, 'aa', { authority: 'break-glass' }), voice(cat!)];
    beforeEach(() => {
      directory.of(ann!).roles = [];
    });

    it('stands within its hour, while the settings name the person', async () => {
      const breakGlass = [{ ...isLive, person: ann! }];
      expect(await check(broken(), { breakGlass })).toEqual({ type: 'stands' });
      directory.of(ann!).accountEnabled = false;
      expect(await check(broken(), { breakGlass })).toEqual(lost('ann'));
    });

    it('is lost after it, whatever role the person holds by now', async () => {
      directory.of(ann!).roles = ['role-a'];
      expect(await check(broken())).toEqual(lost('ann'));
      expect(await check(broken(), { breakGlass: [{ ...isLive, isLive: false, person: ann! }] })).toEqual(
        lost('ann'),
      );
    });

    it('is lost for whoever the settings do not name', async () => {
      directory.of(ben!).roles = [];
      const voices = [voice(ben!, 'aa', { authority: 'break-glass' }), voice(cat!)];
      expect(await check(voices, { breakGlass: [{ ...isLive, person: ben! }] })).toEqual(lost('ben'));
    });
  });

  describe('of what the requester confirmed', () => {
    const confirmed = (who: Person, forTenantId = who.tenantId) =>
      voice(who, forTenantId, { decision: 'confirmed' });
    const tier = { tier: 'T1', quorums: [] } as const;
    const own = contentWith([stepIn('aa')]);
    let asker: Person;
    beforeEach(() => {
      asker = directory.add('aa', 'asker', { roles: ['role-a'] });
    });

    it('stands while they hold the role', async () => {
      expect(await check([confirmed(asker)], tier, own)).toEqual({ type: 'stands' });
      directory.of(asker).roles = [];
      expect(await check([confirmed(asker)], tier, own)).toEqual(lost('asker'));
    });

    it('stands while they are among the operators, which is not enough to approve', async () => {
      Object.assign(directory.of(asker), { roles: [], groups: ['operators'] });
      expect(await check([confirmed(asker)], tier, own)).toEqual({ type: 'stands' });
      Object.assign(directory.of(ann!), { roles: [], groups: ['operators'] });
      expect(await check([voice(ann!), voice(cat!)])).toEqual(lost('ann'));
    });

    it('counts nobody else, and no approval', async () => {
      expect(await check([confirmed(ann!)], tier, own)).toMatchObject({ type: 'lost' });
      expect(await check([voice(asker)], tier, own)).toMatchObject({ type: 'lost' });
      const namesake = directory.add('bb', 'asker', { roles: ['role-a'] });
      expect(await check([confirmed(namesake, 'bb')], tier, contentWith([stepIn('bb')]))).toMatchObject({
        type: 'lost',
      });
    });

    it('needs every changed tenant, and one at least', async () => {
      expect(await check([confirmed(asker)], tier)).toMatchObject({ type: 'lost' });
      expect(await check([confirmed(asker)], tier, contentWith([]))).toMatchObject({ type: 'lost' });
    });
  });

  it('never counts the requester among those who approve', async () => {
    const asker = directory.add('aa', 'asker', { roles: ['role-a'] });
    expect(await check([voice(asker), voice(cat!)])).toMatchObject({ type: 'lost' });
    expect(asker).toEqual(person('asker'));
  });
});
