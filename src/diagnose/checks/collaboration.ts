import type { Side } from '../../plan/types';
import { accessWords, b2bOf, inviterWords } from '../access';
import type { Look } from '../look';
import type { Check, Finding } from '../types';

/** B2B collaboration in both access policies, blocked defaults included, and the guest invitation setting (facts 3.3, 5.5). */
export const collaborationChecks: readonly Check[] = [
  {
    name: 'b2b-inbound',
    side: 'target',
    title: 'B2B collaboration, inbound',
    run: (look) => b2bFindings(look, 'target', 'inbound'),
  },
  {
    name: 'b2b-outbound',
    side: 'source',
    title: 'B2B collaboration, outbound',
    run: (look) => b2bFindings(look, 'source', 'outbound'),
  },
  {
    name: 'guest-invitations',
    side: 'target',
    title: 'Guest invitations',
    run: async (look) => {
      const current = inviterWords((await look.invitations('target')).allowInvitesFrom);
      const needed = 'somebody may invite guests';
      if (current !== 'nobody') return [{ verdict: 'pass', current: `${current} may invite`, needed }];
      const fix = {
        role: `Global Administrator of ${look.link.target.displayName}`,
        remedy: 'Let somebody invite guests: external collaboration settings in the Entra admin center.',
      };
      return [{ verdict: 'stop', current: 'nobody may invite guests', needed, fix }];
    },
  },
];

async function b2bFindings(
  look: Look,
  side: Side,
  direction: 'inbound' | 'outbound',
): Promise<readonly Finding[]> {
  const found = b2bOf(direction, await look.defaults(side), await look.partner(side));
  const origin = found.origin === 'default' ? 'by the default for all tenants' : 'in the partner entry';
  const current = `${accessWords[found.effective]} ${origin}`;
  const needed = 'allowed';
  if (found.effective === 'open') return [{ verdict: 'pass', current, needed }];
  const fix = {
    role: `Security Administrator of ${look.tenant(side).displayName}`,
    remedy: `Allow it for ${look.other(side).displayName} in its partner entry in the Entra admin center.`,
  };
  return [{ verdict: found.effective === 'closed' ? 'stop' : 'warn', current, needed, fix }];
}
