import type { BotError } from '../errors';

/**
 * Why something that only narrows a scan could not be read, one short clause.
 * @throws the error itself when waiting may help: a scan that guesses around an outage would ask too many
 */
export function reasonOf(error: BotError): string {
  const { code, graphCode } = error;
  if (graphCode?.includes('NonPremiumTenant')) return 'the tenant has no Entra ID P1';
  if (code === 'permission-missing' || code === 'consent-missing') return 'the permission for it is missing';
  if (code === 'not-found') return 'the tenant has none';
  if (code === 'graph-refused') return 'Microsoft Graph refused it';
  throw error;
}
