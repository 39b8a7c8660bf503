import { BotError } from '../errors';
import type { Configuration } from '../graph/configurations';
import { readSecrets, type Secret } from '../graph/synchronization-secrets';
import type { StepContext } from '../plan/types';
import { observeConfiguration } from './configuration';
import { namesOf } from './step-words';

/** The link's configuration, which must exist. @throws BotError `not-found` */
export async function existingConfiguration(context: StepContext): Promise<Configuration> {
  const found = await observeConfiguration(context);
  if (found) return found;
  const { source, target } = namesOf(context);
  throw new BotError(
    'not-found',
    `looking for the configuration from ${source} to ${target}`,
    `Run setup ${context.link.source.key}>${context.link.target.key} first: it creates the configuration.`,
  );
}

/** Its saved settings. @throws BotError when they may not be read */
export async function savedSettings(
  context: StepContext,
  { id, secrets }: Configuration,
): Promise<readonly Secret[]> {
  return secrets ?? readSecrets(context.source, id);
}
