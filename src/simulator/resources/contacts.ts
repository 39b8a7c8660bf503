import { collectionAnswer } from '../odata';
import type { Route } from '../route';

/** Mail contacts of the organization: they collide with synchronized users (facts 5.5). */
export const contactRoutes: readonly Route[] = [
  {
    ...{ method: 'GET', path: '/v1.0/contacts', operation: 'contacts.list' },
    ...{ permissions: ['OrgContact.Read.All', 'Directory.Read.All'], throttle: 'directory', isWrite: false },
    query: {
      options: ['$select', '$filter', '$top', '$count', '$orderby', '$search', '$skiptoken'],
      filter: {
        mail: ['eq', 'startswith'],
        displayName: ['eq', 'startswith'],
        'proxyAddresses/any': ['eq', 'startswith'],
      },
      orderby: ['displayName'],
      search: ['displayName', 'mail'],
    },
    run: (call) =>
      collectionAnswer(call, {
        context: 'contacts',
        items: Object.values(call.tenant.contacts),
        show: (contact) => ({
          ...contact,
          mailNickname: contact.mail.split('@')[0],
          onPremisesSyncEnabled: null,
          phones: [],
          addresses: [],
        }),
      }),
  },
];
