import { directMembers, findGroup, isUser } from '../groups';
import { collectionAnswer, entityAnswer, type Shown } from '../odata';
import { notFound } from '../refusal';
import type { Answer, Call, Route } from '../route';
import { showUser, userDefaults } from '../shown-user';
import type { Group } from '../world';
import { userFilter } from './users';

const readsGroups = ['GroupMember.Read.All', 'Group.Read.All', 'Group.ReadWrite.All', 'Directory.Read.All'];

/** A group as Graph shows it. */
export function showGroup(group: Group): Shown {
  const { memberIds: _members, ...shown } = group;
  const dynamic = group.membershipRule !== null;
  return {
    ...shown,
    deletedDateTime: null,
    proxyAddresses: group.mail ? [`SMTP:${group.mail}`] : [],
    membershipRuleProcessingState: dynamic ? 'On' : null,
    onPremisesSyncEnabled: null,
    visibility: null,
  };
}

/** The group that the path names; 404 when there is none. */
export function groupOfPath(call: Call): Group {
  const id = call.parameters['groupId'] ?? '';
  const group = findGroup(call.tenant, id);
  if (!group) throw notFound(id);
  return group;
}

function members(call: Call): Answer {
  const group = groupOfPath(call);
  return collectionAnswer(call, {
    context: 'directoryObjects',
    items: directMembers(call.world, call.tenant, group),
    show: (member) => {
      if (!isUser(member)) return { '@odata.type': '#microsoft.graph.group', ...showGroup(member) };
      const shown = showUser(call.world, call.tenant, member);
      const named = call.query.has('$select') ? shown : onlyDefaults(shown);
      return { '@odata.type': '#microsoft.graph.user', ...named };
    },
  });
}

function onlyDefaults(shown: Shown): Shown {
  return Object.fromEntries(Object.entries(shown).filter(([name]) => userDefaults.includes(name)));
}

const get = { method: 'GET', throttle: 'directory', isWrite: false, permissions: readsGroups } as const;

export const groupRoutes: readonly Route[] = [
  {
    ...get,
    ...{ path: '/v1.0/groups', operation: 'groups.list' },
    query: {
      options: ['$select', '$filter', '$top', '$count', '$orderby', '$search', '$skiptoken'],
      filter: {
        id: ['eq', 'in'],
        displayName: ['eq', 'in', 'startswith', 'ne!'],
        mail: ['eq', 'in', 'startswith'],
        mailNickname: ['eq', 'startswith'],
        mailEnabled: ['eq'],
        securityEnabled: ['eq'],
        isAssignableToRole: ['eq'],
        'groupTypes/any': ['eq'],
        'proxyAddresses/any': ['eq', 'startswith'],
      },
      orderby: ['displayName'],
      search: ['displayName', 'description'],
    },
    run: (call) =>
      collectionAnswer(call, {
        context: 'groups',
        items: Object.values(call.tenant.groups),
        show: showGroup,
      }),
  },
  {
    ...get,
    ...{ path: '/v1.0/groups/{groupId}', operation: 'groups.get', query: { options: ['$select'] } },
    run: (call) => entityAnswer(call, 'groups', showGroup(groupOfPath(call))),
  },
  {
    ...get,
    ...{ path: '/v1.0/groups/{groupId}/members', operation: 'groups.members', cost: 3 },
    query: {
      options: ['$select', '$filter', '$top', '$count', '$skiptoken'],
      filter: userFilter,
      advancedOnly: true,
    },
    run: members,
  },
];
