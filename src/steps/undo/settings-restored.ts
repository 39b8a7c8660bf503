import { rolesFor } from '../../graph/role-templates';
import { guardTier } from '../deletion-guard';
import { settingStep } from '../setting-step';
import { namesOf } from '../step-words';
import { subjectOf } from '../subject-of';

/** Guard and mail as they were before a plan, in one write: each write sends the full set (facts 4.3). */
export const settingsRestored = settingStep({
  name: 'settings-restored',
  roleTemplateIds: rolesFor.deletionGuard,
  title: (context) => `Put guard and mail of the configuration "${namesOf(context).target}" back`,
  meaning: (context) => {
    const { members } = subjectOf(context, 'settings');
    const isGuard = Object.keys(members).some((member) => member.startsWith('DeleteThreshold'));
    const guard =
      members['DeleteThresholdEnabled'] === false
        ? `Nothing stops a cycle that deletes many users in ${namesOf(context).target} any more.`
        : 'The deletion guard stands again where it stood before.';
    return isGuard ? guard : 'Microsoft mails whom it mailed before when the job goes into quarantine.';
  },
  members: (context) => subjectOf(context, 'settings').members,
  tierOf: (changes) => guardTier(changes),
});
