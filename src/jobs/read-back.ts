import type { ReadBack } from '../approvals/ports';
import { BotError } from '../errors';
import type { PlanRecord } from '../plan/types';
import { previewPlan, type MakePorts } from './draft';

/** Looks at both tenants again for what the plan wanted. @throws BotError of the reads */
export async function readBackPlan(
  ports: MakePorts & {
    findLink(
      sourceTenantId: string,
      targetTenantId: string,
    ): Parameters<typeof previewPlan>[1]['link'] | undefined;
  },
  { content }: PlanRecord,
): Promise<ReadBack> {
  const { kind, desired, subject, requester, steps } = content;
  const isPlanned = (name: string) => steps.some((step) => step.name === name);
  if (ports.steps[kind].some((step) => step.isUnrepeatable && isPlanned(step.name))) return 'unknowable';
  const link = ports.findLink(content.sourceTenantId, content.targetTenantId);
  if (!link) {
    throw new BotError('not-allowed', 'reading a plan back', 'Name both tenants in the settings.');
  }
  const rest = await previewPlan(ports, { kind, link, requester, desired, subject, conversationId: '' });
  return rest === null ? 'as-wanted' : 'different';
}
