import { conversationsOf } from '../../src/local/conversation';
import { parseWorld } from '../../src/local/world';
import { worldFixture } from '../helpers/world-fixture';

it('knows a guest by their type or by another home', () => {
  const [priya, ...others] = worldFixture.people;
  const people = [{ ...priya, homeTenantKey: 'win' }, ...others];
  const world = parseWorld({ ...worldFixture, people });
  expect(world.people.filter(({ isGuest }) => isGuest).map(({ id }) => id)).toEqual(['con:priya', 'con:gil']);
  expect(world.people[0]?.homeTenantKey).toBe('win');
});

it('survives somebody who was deleted from the directory', () => {
  const [priya, ...others] = worldFixture.people;
  const people = [{ ...priya, userPrincipalName: null, userType: null, roles: [] }, ...others];
  expect(parseWorld({ ...worldFixture, people }).people[0]).toMatchObject({
    userPrincipalName: '',
    isGuest: false,
  });
});

it('gives everybody a chat and every tenant with people a channel, with the same ids each time', () => {
  const empty = { key: 'win', tenantId: '33333333-3333-4333-8333-333333333333', displayName: 'Wingtip' };
  const answer = { ...worldFixture, tenants: [...worldFixture.tenants, empty] };
  const conversations = conversationsOf(parseWorld(answer));
  expect(conversations.map(({ kind }) => kind).sort()).toEqual([
    'channel',
    'channel',
    ...Array(8).fill('personal'),
  ]);
  expect(conversationsOf(parseWorld(answer)).map(({ id }) => id)).toEqual(conversations.map(({ id }) => id));
  const channel = conversations.find(({ kind, tenantKey }) => kind === 'channel' && tenantKey === 'con');
  expect(channel?.memberIds).toContain('con:gil');
});
