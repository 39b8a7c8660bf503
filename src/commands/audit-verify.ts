import { auditChainCard } from '../cards/audit-chain';
import { anchorText } from '../evidence/anchors';
import type { CommandDefinition } from './definition';

export const auditVerify: CommandDefinition = {
  name: 'audit verify',
  aliases: ['chain'],
  group: 'Look',
  summary: 'Whether the chain of audit records is whole',
  details:
    'For auditors. Goes through every record in the database and compares with the heads that were posted to channels. An export can be checked without me, and without the database: npm run audit:verify.',
  arguments: [],
  options: [],
  tier: 'R',
  who: 'auditor',
  examples: () => ['audit verify'],
  async run({ audits, incoming }) {
    const verdict = await audits.verify();
    const anchors = await audits.anchors();
    const { timeZone } = incoming.conversation;
    const head = verdict.isIntact && verdict.records > 0 ? verdict : null;
    return auditChainCard({
      records: verdict.records,
      head: head && anchorText({ sequence: head.records, hash: head.head }),
      why: verdict.isIntact ? null : verdict.why,
      anchors: anchors.length,
      lastAnchorAt: anchors.at(-1)?.at ?? null,
      ...(timeZone ? { timeZone } : {}),
    });
  },
};
