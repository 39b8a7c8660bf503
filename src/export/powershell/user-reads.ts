import { findUser } from '../../graph/users';
import { outdated } from './outdated';
import { filter, quoted } from './quote';
import type { ReadRow } from './script';

const attributes =
  'id,displayName,userPrincipalName,mail,userType,accountEnabled,externalUserState,creationType,proxyAddresses';

/** `verify <user> <link>`: the same user in both tenants. */
export const verifyRow: ReadRow = {
  async script({ link, words, read }) {
    if (!link) return { none: 'Name the link too, so that I know both tenants: verify user source>target.' };
    const typed = words['subject'] ?? '';
    const found = await findUser(read(link.source.tenantId), typed);
    if (found.outcome !== 'found') return { none: `No user of ${link.source.displayName} is called that.` };
    const { id, mail, userPrincipalName } = found.user;
    const sought = mail ?? userPrincipalName ?? typed;
    const properties = `-Property ${quoted(attributes)} | Select-Object ${attributes}`;
    return {
      parts: [
        {
          tenant: link.source,
          scopes: ['User.Read.All'],
          lines: [
            {
              about: 'The user in the source, by object id',
              command: `Get-MgUser -UserId ${quoted(id)} ${properties}`,
            },
          ],
        },
        {
          tenant: link.target,
          scopes: ['User.Read.All'],
          lines: [
            {
              about: 'The same person in the target, by mail address',
              command: `Get-MgUser -Filter ${filter('mail', sought)} ${properties}`,
            },
          ],
        },
      ],
      outdated: [outdated.anyMethod],
    };
  },
};
