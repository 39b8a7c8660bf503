import type { Conversation } from './conversation';
import type { Directory } from './directory';
import type { Memory } from './memory';
import { Refusal, type Route } from './router';
import type { WorldPerson } from './world';

export interface MembersOptions {
  readonly memory: Memory;
  readonly directory: Directory;
  conversationAt(address: string): { readonly conversation: Conversation };
}

/** A member as the Teams connector tells it. */
function account(person: WorldPerson): Readonly<Record<string, unknown>> {
  const [givenName, ...rest] = person.displayName.split(' ');
  return {
    ...{ id: person.teamsUserId, name: person.displayName, givenName, surname: rest.join(' ') },
    ...{ aadObjectId: person.aadObjectId, objectId: person.aadObjectId, tenantId: person.tenantId },
    ...{ userPrincipalName: person.userPrincipalName, email: person.userPrincipalName },
    userRole: person.isGuest ? 'guest' : 'user',
  };
}

/** Who is in a conversation or a team, as botbuilder's TeamsInfo asks. */
export function membersRoutes({ memory, directory, conversationAt }: MembersOptions): readonly Route[] {
  const conversation = '/connector/v3/conversations/(?<conversation>[^/]+)';
  const membersAt = (address = '') => {
    const team = memory.all().find((each) => each.team?.id === address);
    return directory.membersOf(team ?? conversationAt(address).conversation);
  };
  const channelOf = (teamId = '') => {
    const found = memory.all().find(({ team }) => team?.id === teamId);
    if (!found?.team) throw new Refusal(404, 'NotFound', 'There is no such team.');
    return { channel: found, team: found.team };
  };
  return [
    {
      method: 'GET',
      path: new RegExp(`^${conversation}/members$`),
      answer: ({ params }) => ({ status: 200, body: membersAt(params.conversation).map(account) }),
    },
    {
      method: 'GET',
      path: new RegExp(`^${conversation}/pagedmembers$`),
      answer({ params, query }) {
        const members = membersAt(params.conversation);
        const size = Math.min(Math.max(Number(query.get('pageSize')) || 500, 50), 500);
        const start = Number(query.get('continuationToken')) || 0;
        const end = start + size;
        const token = end < members.length ? { continuationToken: String(end) } : {};
        return { status: 200, body: { members: members.slice(start, end).map(account), ...token } };
      },
    },
    {
      method: 'GET',
      path: new RegExp(`^${conversation}/members/(?<member>[^/]+)$`),
      answer({ params: { conversation: address, member } }) {
        const found = membersAt(address).find((p) => p.teamsUserId === member || p.aadObjectId === member);
        if (!found) throw new Refusal(404, 'MemberNotFoundInConversation', 'This member is not here.');
        return { status: 200, body: account(found) };
      },
    },
    {
      method: 'GET',
      path: /^\/connector\/v3\/teams\/(?<team>[^/]+)$/,
      answer({ params }) {
        const { channel, team } = channelOf(params.team);
        return { status: 200, body: { ...team, channelCount: 1, memberCount: channel.memberIds.length } };
      },
    },
    {
      method: 'GET',
      path: /^\/connector\/v3\/teams\/(?<team>[^/]+)\/conversations$/,
      answer({ params }) {
        const { id, name } = channelOf(params.team).channel;
        return { status: 200, body: { conversations: [{ id, name }] } };
      },
    },
  ];
}
