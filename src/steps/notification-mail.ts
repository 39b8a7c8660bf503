import { rolesFor } from '../graph/role-templates';
import type { JsonValue, StepContext } from '../plan/types';
import { settingStep } from './setting-step';
import { namesOf } from './step-words';
import { subjectOf } from './subject-of';

/** Sets who gets Microsoft's mails about the job; `null` switches them off (facts 4.3). */
export const notificationMail = settingStep({
  name: 'notification-mail',
  roleTemplateIds: rolesFor.synchronization,
  title: (context) => `Notification mail of the configuration "${namesOf(context).target}"`,
  meaning(context) {
    const address = addressOf(context);
    return address === null
      ? 'Microsoft mails nobody any more when the job goes into quarantine.'
      : `Microsoft mails ${address} when the job goes into quarantine, within 24 hours; single failures are not mailed.`;
  },
  members(context): Readonly<Record<string, JsonValue>> {
    const address = addressOf(context);
    return address === null ? { Enabled: false } : { Enabled: true, Recipients: address };
  },
});

function addressOf(context: StepContext): string | null {
  const { setting } = subjectOf(context, 'setting');
  if (setting.name !== 'mail') throw new Error('a plan without its mail address');
  return setting.address;
}
