import { publicOrigin } from './endpoints';
import { checkSettings, readEnvironment, type Environment } from './environment';
import { SettingsFaults } from './faults';
import type { SettingKey } from './keys';

/** What the placeholders `${{NAME}}` of `appPackage/manifest.json` stand for: nothing secret. */
export interface PackageSettings {
  readonly TEAMS_APP_ID: string;
  readonly BOT_APP_ID: string;
  readonly PUBLIC_HOST: string;
  readonly WEBSITE_URL: string;
  readonly PRIVACY_URL: string;
  readonly TERMS_URL: string;
}

const needed: Readonly<Partial<Record<SettingKey, string>>> = {
  TEAMS_APP_ID: 'Give the app an id of its own, a GUID that never changes.',
  BOT_APP_ID: 'Give the application (client) id of the bot.',
  PUBLIC_URL: 'Give the https address of the bot.',
  WEBSITE_URL: 'Give the https address where people read about the bot.',
  PRIVACY_URL: 'Give the https address of its privacy statement.',
  TERMS_URL: 'Give the https address of its terms of use.',
};

/**
 * The settings that the app package names; those of the running bot are not asked for.
 * @throws BotError `bad-settings`: its remedy names every key that is wrong and how to mend it
 */
export function loadPackageSettings(env: Environment, folder?: string): PackageSettings {
  const faults = new SettingsFaults();
  const values = readEnvironment(env, 'dev', faults, folder);
  const settings = checkSettings(values, faults);
  for (const [key, mend] of Object.entries(needed)) if (!values[key]) faults.add(key, mend);
  const origin = publicOrigin(settings.PUBLIC_URL ?? 'https://missing.invalid', 'production', faults);
  faults.throwIfAny('env/.env.example explains every setting.');
  const { TEAMS_APP_ID = '', BOT_APP_ID = '', WEBSITE_URL = '', PRIVACY_URL = '', TERMS_URL = '' } = settings;
  return {
    TEAMS_APP_ID: TEAMS_APP_ID.toLowerCase(),
    BOT_APP_ID: BOT_APP_ID.toLowerCase(),
    PUBLIC_HOST: new URL(origin).host,
    ...{ WEBSITE_URL, PRIVACY_URL, TERMS_URL },
  };
}
