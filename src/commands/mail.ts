import type { CommandDefinition } from './definition';
import { draftPlan } from './draft';
import { badInput } from './not-found-views';
import { isMail } from './parse-options';
import { linkName } from './tenant-names';

export const mail: CommandDefinition = {
  name: 'mail',
  aliases: [],
  group: 'Change',
  summary: 'Who gets Microsoft’s notification mails of a link',
  details:
    'One address, or off. Microsoft mails once when the job goes into quarantine, up to 24 hours late; single failures are not mailed. You confirm the plan yourself.',
  arguments: [
    { name: 'link', kind: 'link' },
    { name: 'address', kind: 'word' },
  ],
  options: [],
  tier: 'T1',
  who: 'operator',
  examples: ({ source, target }) => [
    `mail ${source}>${target} ops@domain.example`,
    `mail ${source}>${target} off`,
  ],
  async run(context, { words }) {
    const { link } = context;
    if (!link) throw new Error('mail needs a link');
    const typed = words['address'] ?? '';
    const address = typed.toLowerCase() === 'off' ? null : typed;
    if (address !== null && !isMail(address)) {
      return badInput('reading the mail address', 'Give one mail address, or off.', [
        `mail ${linkName(link)} off`,
      ]);
    }
    return draftPlan(context, link, {
      kind: 'mail',
      desired: null,
      subject: {
        type: 'setting',
        command: `mail ${linkName(link)} ${address ?? 'off'}`,
        displayName: address ?? 'off',
        setting: { name: 'mail', address },
      },
    });
  },
};
