import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import type { z } from 'zod/v4';
import type { SettingsFaults } from './faults';
import { isKnownKey, settingKeys, settingSchemas, type Settings } from './keys';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Where `env/.env.*` are, seen from `lib` and from `src` alike. */
export const environmentFolder = join(__dirname, '..', '..', 'env');

function readFile(folder: string, name: string, faults: SettingsFaults): Environment {
  const path = join(folder, name);
  if (!existsSync(path)) return {};
  const values = parseEnv(readFileSync(path, 'utf8')) as Environment;
  for (const key of Object.keys(values)) {
    if (!isKnownKey(key))
      faults.add(key, `Remove it from env/${name}, or mend its spelling: no such setting.`);
    const isMisplaced = key.startsWith('SECRET_') && !name.endsWith('.user') && values[key];
    if (isMisplaced) faults.add(key, `Move it from env/${name} to env/${name}.user, which git ignores.`);
  }
  return values;
}

function nameOf(env: Environment, usual: string, faults: SettingsFaults): string {
  const name = env.ENV_NAME || usual;
  if (settingSchemas.ENV_NAME.safeParse(name).success) return name;
  faults.add('ENV_NAME', 'Use lower-case letters, digits and hyphens.');
  return usual;
}

/**
 * The values of `env/.env.<name>`, then `.user` beside it, then the real environment, later ones winning; empty ones
 * count as not set.
 *
 * @param usual the name when `ENV_NAME` is not set
 */
export function readEnvironment(
  env: Environment,
  usual: string,
  faults: SettingsFaults,
  folder = environmentFolder,
): Environment {
  const name = nameOf(env, usual, faults);
  if (env.ENV_NAME && !existsSync(join(folder, `.env.${name}`))) {
    faults.add('ENV_NAME', `Create env/.env.${name}, or name one that exists.`);
  }
  const layers = [
    readFile(folder, `.env.${name}`, faults),
    readFile(folder, `.env.${name}.user`, faults),
    env,
  ];
  const entries = layers.flatMap((layer) => Object.entries(layer)).filter(([key]) => isKnownKey(key));
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined && value.trim() !== ''));
}

/** Checks every known setting; wrong ones become faults and are left out. */
export function checkSettings(values: Environment, faults: SettingsFaults): Settings {
  const checked = settingKeys.flatMap((key) => {
    if (values[key] === undefined) return [];
    const result = settingSchemas[key].safeParse(values[key]?.trim());
    if (result.success) return [[key, result.data] as const];
    faults.add(key, firstMessage(result.error));
    return [];
  });
  return Object.fromEntries(checked) as Settings;
}

function firstMessage(error: z.ZodError): string {
  return error.issues[0]?.message ?? 'Mend its value.';
}
