import type { CommandDefinition } from './definition';
import { draftSwitch } from './switches';

export const redeem: CommandDefinition = {
  name: 'redeem',
  aliases: [],
  group: 'Change',
  summary: 'Automatic redemption, in both tenants at once',
  details:
    'Consent prompts vanish only when the target allows it inbound and the source outbound, so one plan has both halves and the people of each tenant approve their own. A half that stands as wished is left out. off makes the next cycle fail, and the job goes into quarantine; users already there stay.',
  arguments: [
    { name: 'link', kind: 'link' },
    { name: 'state', kind: 'word' },
  ],
  options: [],
  tier: 'T2',
  who: 'operator',
  examples: ({ source, target }) => [`redeem ${source}>${target} on`, `plan redeem ${source}>${target} off`],
  run: (context, args) =>
    draftSwitch(context, args, { command: redeem, kind: 'redeem', sides: ['target', 'source'] }),
};
