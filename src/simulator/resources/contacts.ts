import { collectionAnswer, type Shown } from '../odata';
import type { Route } from '../route';
import type { Contact } from '../world';

function showContact(contact: Contact): Shown {
  return { ...contact, mailNickname: contact.mail.split('@')[0], onPremisesSyncEnabled: null };
}

export const contactRoutes: readonly Route[] = [
  {
    ...{ method: 'GET', path: '/v1.0/contacts', operation: 'contacts.list' },
    permissions: ['OrgContact.Read.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
    ...{ throttle: 'directory', isWrite: false },
    query: {
      options: ['$select', '$filter', '$top', '$count', '$search', '$skiptoken'],
      filter: {
        id: ['eq', 'in'],
        mail: ['eq', 'in', 'startswith'],
        displayName: ['eq', 'startswith'],
        'proxyAddresses/any': ['eq', 'startswith'],
      },
      search: ['displayName', 'mail'],
    },
    run: (call) =>
      collectionAnswer(call, {
        context: 'contacts',
        items: Object.values(call.tenant.contacts),
        show: showContact,
      }),
  },
];
