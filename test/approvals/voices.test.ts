import { countsNow, hasBrokenGlass, mayDecide, missingPeople } from '../../src/approvals/voices';
import { findTenant, standsApproved } from '../../src/approvals/vote';
import { setLogLevel } from '../../src/log';
import type { Decision, Person, PlanRecord, Quorum } from '../../src/plan/types';
import { FakeDirectory, tenantConfig } from '../helpers/fake-directory';
import { contentWith, person, recordOf, stepIn, voice } from './support/plain-plan';

const both = contentWith([stepIn('aa'), stepIn('bb')]);
const quorum = (tenantId: string, needed: number): Quorum => ({ tenantId, needed, candidates: [] });
const glass = (who: Person, isLive = true) => ({
  person: who,
  reason: '',
  openedAt: '',
  expiresAt: '',
  isLive,
});
const [ann, ben, cat] = [person('ann'), person('ben'), person('cat', 'bb')];
const broken = (who: Person, forTenantId = who.tenantId) =>
  voice(who, forTenantId, { authority: 'break-glass' });

beforeAll(() => setLogLevel('silent'));
afterAll(() => setLogLevel('info'));

describe('how many people are missing', () => {
  const missing = (decisions: readonly Decision[], needed = 2, more: Partial<PlanRecord> = {}) =>
    missingPeople({ quorums: [quorum('aa', needed)], decisions, ...more }, quorum('aa', needed));

  it('counts different people who approved for the tenant', () => {
    expect(missing([])).toBe(2);
    expect(missing([voice(ann)])).toBe(1);
    expect(missing([voice(ann), voice(ann)])).toBe(1);
    expect(missing([voice(ann), voice(ben)])).toBe(0);
    expect(missing([voice(ann), voice(ben), voice(person('dan'))])).toBe(0);
    expect(missing([voice(ann), voice(ben, 'bb')])).toBe(1);
    expect(missing([voice(ann), voice({ ...ann, tenantId: 'bb' }, 'aa')])).toBe(0);
    expect(missing([voice(ann), voice(ben, 'aa', { decision: 'confirmed' })])).toBe(1);
  });

  it('counts a voice by break-glass only while the glass is broken', () => {
    expect(missing([broken(ann)], 1)).toBe(1);
    expect(missing([broken(ann), voice(ben)], 2, { breakGlass: [glass(ann, false)] })).toBe(1);
    expect(missing([broken(ann), voice(ben)], 2, { breakGlass: [glass(ben)] })).toBe(1);
    expect(missing([broken(ann), voice(ben)], 2, { breakGlass: [glass(ben), glass(ann)] })).toBe(0);
  });

  it('wants a second person where a voice by break-glass is needed', () => {
    const breakGlass = [glass(ann), glass(ben)];
    expect(missing([broken(ann)], 1, { breakGlass })).toBe(1);
    expect(missing([broken(ann), voice(ann)], 1, { breakGlass })).toBe(0);
    expect(missing([broken(ann), broken(ben)], 1, { breakGlass })).toBe(0);
    expect(missing([broken(ann), voice(ben)], 1, { breakGlass })).toBe(0);
  });

  it('lets the second person be the one who is missing for another tenant', () => {
    const record = { quorums: [quorum('aa', 1), quorum('bb', 1)], breakGlass: [glass(ann)] };
    const of = (tenantId: string, decisions: readonly Decision[]) =>
      missingPeople({ ...record, decisions }, quorum(tenantId, 1));
    expect([of('aa', [broken(ann)]), of('bb', [broken(ann)])]).toEqual([0, 1]);
    expect([of('aa', [broken(ann), voice(cat)]), of('bb', [broken(ann), voice(cat)])]).toEqual([0, 0]);
    const everywhere = [broken(ann), broken(ann, 'bb')];
    expect([of('aa', everywhere), of('bb', everywhere)]).toEqual([1, 1]);
  });

  it('knows a broken glass by the person', () => {
    expect(hasBrokenGlass({ breakGlass: [glass(ann)] }, { ...ann, objectId: 'ANN-ID' })).toBe(true);
    expect(hasBrokenGlass({ breakGlass: [glass(ann)] }, ben)).toBe(false);
    expect(hasBrokenGlass({ breakGlass: [glass(ann, false)] }, ann)).toBe(false);
    expect(hasBrokenGlass({}, ann)).toBe(false);
    expect([countsNow({}, voice(ann)), countsNow({}, broken(ann))]).toEqual([true, false]);
  });
});

describe('whether a plan stands approved', () => {
  const quorums = [quorum('aa', 1), quorum('bb', 1)];
  const stands = (decisions: readonly Decision[], more: Partial<PlanRecord> = {}) =>
    standsApproved(recordOf(both, { quorums, ...more }), decisions);

  it('needs every changed tenant', () => {
    expect(stands([voice(ann), voice(cat)])).toBe(true);
    expect(stands([voice(ann)])).toBe(false);
    expect(stands([voice(cat)])).toBe(false);
    expect(stands([])).toBe(false);
  });

  it('never counts the requester, whose namesake of another tenant counts', () => {
    const asker = person('asker');
    expect(stands([voice(asker), voice(cat)])).toBe(false);
    expect(stands([voice({ ...asker, tenantId: 'bb' }, 'aa'), voice(cat)])).toBe(true);
    expect(stands([voice({ ...asker, objectId: 'other' }), voice(cat)])).toBe(true);
  });

  it('never does without a quorum, with one of nobody, or without one for a changed tenant', () => {
    const all = [voice(ann), voice(cat)];
    expect(stands(all, { quorums: [] })).toBe(false);
    expect(stands(all, { quorums: [quorum('aa', 0), quorum('bb', 1)] })).toBe(false);
    expect(stands(all, { quorums: [quorum('aa', 1)] })).toBe(false);
    expect(stands([], { quorums: [quorum('aa', 0), quorum('bb', 0)] })).toBe(false);
    expect(standsApproved(recordOf(contentWith([])), [])).toBe(false);
  });
});

describe('who may decide on a plan', () => {
  let directory: FakeDirectory;
  beforeEach(() => {
    directory = new FakeDirectory();
  });
  const ports = (breakGlass: readonly string[] = []) => ({
    directory,
    tenants: [{ ...tenantConfig('aa'), breakGlass }, tenantConfig('bb')],
  });
  const open = { breakGlass: [glass(person('one'))] };

  it('is whoever holds the role, with or without a broken glass', async () => {
    const one = directory.add('aa', 'one', { roles: ['role-a'] });
    const decide = (record: PlanRecord) => mayDecide(ports(['one-id']), one, 'aa', record);
    expect(await decide(recordOf(both))).toEqual({ isAllowed: true, basis: 'role-a' });
    expect(await decide(recordOf(both, open))).toEqual({ isAllowed: true, basis: 'role-a' });
  });

  it.each<[string, string[]]>([
    ['no role', []],
    ['an eligible role', ['role-a']],
  ])('is whoever broke the glass for their own tenant with %s', async (_name, eligible) => {
    const one = directory.add('aa', 'one', { eligible });
    const decide = (record: PlanRecord, tenantId = 'aa', named = ['one-id']) =>
      mayDecide(ports(named), one, tenantId, record);
    expect(await decide(recordOf(both, open))).toEqual({ isAllowed: true, basis: 'break-glass' });
    const why = eligible.length > 0 ? 'eligible-only' : 'no-role';
    expect(await decide(recordOf(both))).toEqual({ isAllowed: false, why });
    expect(await decide(recordOf(both, { breakGlass: [glass(one, false)] }))).toMatchObject({ why });
    expect(await decide(recordOf(both, open), 'bb')).toMatchObject({ isAllowed: false });
    expect(await decide(recordOf(both, open), 'aa', [])).toMatchObject({ isAllowed: false });
  });

  it('is no guest and nobody whom the plan changes, glass or not', async () => {
    const one = directory.add('aa', 'one', { isExternal: true });
    const decide = (content = both) => mayDecide(ports(['one-id']), one, 'aa', recordOf(content, open));
    expect(await decide()).toMatchObject({ why: 'guest' });
    directory.of(one).isExternal = false;
    const subject = { type: 'user', userId: 'one-id' } as never;
    expect(await decide({ ...both, subject })).toMatchObject({ why: 'affected' });
  });
});

describe('the tenant for which somebody decides', () => {
  let directory: FakeDirectory;
  beforeEach(() => {
    directory = new FakeDirectory();
  });
  const delegates = { approvers: { tenantId: 'bb', groupId: 'them' } };
  const find = (who: Person, forTenantId: string | null, content = both) =>
    findTenant(
      { directory, tenants: [tenantConfig('aa', delegates), tenantConfig('bb')] },
      who,
      recordOf(content),
      forTenantId,
    );

  it('is the one of the card', async () => {
    const one = directory.add('bb', 'one', { roles: ['role-a'], groups: ['them'] });
    expect(await find(one, 'aa')).toMatchObject({ tenantId: 'aa', authority: { basis: 'group:them' } });
    expect(await find(one, 'bb')).toMatchObject({ tenantId: 'bb', authority: { basis: 'role-a' } });
  });

  it('is by text their own where they may, else another where they may', async () => {
    const one = directory.add('bb', 'one', { roles: ['role-a'], groups: ['them'] });
    expect(await find(one, null)).toMatchObject({ tenantId: 'bb', authority: { isAllowed: true } });
    directory.of(one).roles = [];
    expect(await find(one, null)).toMatchObject({ tenantId: 'aa', authority: { isAllowed: true } });
    directory.of(one).groups = [];
    expect(await find(one, null)).toEqual({
      tenantId: 'bb',
      authority: { isAllowed: false, why: 'no-role' },
    });
  });

  it('is their own, with no authority, for a plan that changes nothing', async () => {
    const one = directory.add('bb', 'one', { roles: ['role-a'] });
    expect(await find(one, null, contentWith([]))).toEqual({
      tenantId: 'bb',
      authority: { isAllowed: false, why: 'no-role' },
    });
  });
});
