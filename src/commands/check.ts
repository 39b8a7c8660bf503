import { checkCard, type CheckView } from '../cards/check';
import { lookAt } from './look-at';
import { preflight } from '../diagnose/preflight';
import type { PreflightLine } from '../diagnose/types';
import type { CommandDefinition } from './definition';
import { mayOperateLink } from './standing';
import { operatorsOf } from './words';

export const check: CommandDefinition = {
  name: 'check',
  aliases: ['preflight'],
  group: 'Look',
  summary: 'What stops synchronization, on which side, and who can fix it',
  details:
    'Looks at roles, permissions, licences, the access settings of both tenants, the configuration and its job, SMS sign-in and the deletion guard. Reads only. For SMS sign-in at most 20 users are asked, those with a mobile phone in the registration report (up to a day old), because Microsoft allows few such reads; the card says how many.',
  arguments: [{ name: 'link', kind: 'link' }],
  options: [],
  tier: 'R',
  who: 'viewer',
  examples: ({ source, target }) => [`check ${source}>${target}`],
  async run(context) {
    const { link, standing, graph } = context;
    if (!link || !standing) throw new Error('check runs on a link');
    const lines = await preflight(lookAt(context, link));
    const canPlan = mayOperateLink(standing, link);
    return checkCard({
      link,
      lines: lines.map((line) => toView(line, link)),
      canPlan,
      whoMayPlan: canPlan ? null : operatorsOf(link.source, link.target),
      checkedAt: graph.now().toISOString(),
    });
  },
};

function toView(line: PreflightLine, link: NonNullable<CheckView['link']>): CheckView['lines'][number] {
  return {
    verdict: line.verdict,
    title: line.title,
    tenant: line.side === 'source' ? link.source : link.target,
    side: line.side,
    current: line.current,
    needed: line.needed,
    role: line.role,
    remedy: line.remedy,
  };
}
