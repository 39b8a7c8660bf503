import { z } from 'zod/v4';
import { BotError } from '../errors';
import type { GraphWrite, Sent } from './client';
import {
  crossTenantSyncTemplateId,
  servicePrincipalSchema,
  toServicePrincipal,
  type ServicePrincipal,
} from './service-principals';

export const instantiateAnswerSchema = z.object({ servicePrincipal: servicePrincipalSchema });

/** Creates the configuration application; it can be read only after replication (facts 4.1). */
export async function instantiateConfiguration(
  write: GraphWrite,
  displayName: string,
): Promise<Sent<ServicePrincipal>> {
  const doing = 'creating the configuration application';
  const sent = await write.send('applicationTemplates.instantiate', {
    parameters: { applicationTemplateId: crossTenantSyncTemplateId },
    body: { displayName },
    doing,
    schema: instantiateAnswerSchema,
  });
  const value = toServicePrincipal(sent.value.servicePrincipal);
  if (!value) {
    throw new BotError('graph-ambiguous', doing, 'Run setup again: it looks for the application first.', {
      requestId: sent.requestIds[0],
    });
  }
  return { ...sent, value };
}
