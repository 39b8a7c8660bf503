import type { SwitchSubject } from '../plan/subject';
import { claimWords, trustMembers } from '../steps/inbound-trust';
import type { CommandDefinition } from './definition';
import { faultyText } from './help-views';
import { draftSwitch, stateOf } from './switches';

type Claim = SwitchSubject['claims'][number];
const all = Object.keys(trustMembers) as readonly Claim[];

export const trust: CommandDefinition = {
  name: 'trust',
  aliases: [],
  group: 'Change',
  summary: 'Which claims of the source the target trusts',
  details:
    'The claims mfa, device (compliant) and hybrid (joined) are separate; without a list, on means mfa and off means all three. The first setting of its own takes the partner entry off the default, so what holds now is written along. Synchronization does not need trust.',
  arguments: [
    { name: 'link', kind: 'link' },
    { name: 'state', kind: 'word' },
    { name: 'claims', kind: 'word', isOptional: true },
  ],
  options: [],
  tier: 'T2',
  who: 'operator',
  examples: ({ source, target }) => [
    `trust ${source}>${target} on mfa,device`,
    `trust ${source}>${target} off hybrid`,
  ],
  async run(context, args) {
    const typed = args.words['claims'];
    const claims = typed === undefined ? usual(stateOf(args.words)) : claimsOf(typed);
    if (!claims) {
      return faultyText(`trust ${typed}`, trust, 'Claims are mfa, device and hybrid, with commas between.');
    }
    const subject = { type: 'switch', isOn: true, claims, command: '', displayName: '' } as const;
    const what = claimWords({ subject });
    return draftSwitch(context, args, { command: trust, kind: 'trust', sides: ['target'], claims, what });
  },
};

function usual(state: 'on' | 'off' | null): readonly Claim[] {
  return state === 'on' ? ['mfa'] : all;
}

/** Each named once, in our order; `null` when one is none of them. */
function claimsOf(typed: string): readonly Claim[] | null {
  const names = typed.toLowerCase().split(',').filter(Boolean);
  const isKnown = (name: string) => all.some((claim) => claim === name);
  return names.length > 0 && names.every(isKnown) ? all.filter((claim) => names.includes(claim)) : null;
}
