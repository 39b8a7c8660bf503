import type { PlanKind, Side } from '../plan/types';
import type { SwitchSubject } from '../plan/subject';
import type { AdaptiveCard } from '../store/ports';
import type { CommandContext } from './context';
import type { CommandDefinition, ParsedArguments } from './definition';
import { draftPlan } from './draft';
import { faultyText } from './help-views';
import { lookAt } from './look-at';
import { notFound } from './not-found-views';
import { linkName } from './tenant-names';

export interface SwitchWish {
  readonly command: CommandDefinition;
  readonly kind: Extract<PlanKind, 'allow' | 'redeem' | 'trust'>;
  /** Sides whose partner entry holds the switch. */
  readonly sides: readonly Side[];
  /** What is typed after on or off, checked. */
  readonly claims?: SwitchSubject['claims'];
  /** "MFA and compliant devices". */
  readonly what?: string;
}

/** Drafts the plan of one switch; a partner entry that is missing is told with the way to make it. */
export async function draftSwitch(
  context: CommandContext,
  { words }: ParsedArguments,
  { command, kind, sides, claims = [], what }: SwitchWish,
): Promise<AdaptiveCard> {
  const { link, plans } = context;
  if (!link) throw new Error(`${kind} needs a link`);
  const state = stateOf(words);
  const name = linkName(link);
  if (state === null) {
    return faultyText(`${kind} ${name} ${words['state'] ?? ''}`, command, 'Say on or off.');
  }
  if (state === 'on') {
    const look = lookAt(context, link);
    for (const side of sides) {
      if (await look.partner(side)) continue;
      const [own, other] = [look.tenant(side), look.other(side)];
      return notFound(
        `looking for the partner entry for ${other.displayName} in ${own.displayName}`,
        `Run setup ${name}: it makes the entry first. A switch needs one to stand in.`,
        [`setup ${name}`],
      );
    }
  }
  const typed = claims.length > 0 ? ` ${claims.join(',')}` : '';
  return draftPlan(context, link, {
    kind,
    desired: await plans.currentDesired(link),
    subject: {
      type: 'switch',
      command: `${kind} ${name} ${state}${typed}`,
      displayName: what ? `${state}: ${what}` : state,
      isOn: state === 'on',
      claims,
    },
  });
}

/** `on` or `off`, in any case; `null` for anything else. */
export function stateOf(words: ParsedArguments['words']): 'on' | 'off' | null {
  const state = words['state']?.toLowerCase();
  return state === 'on' || state === 'off' ? state : null;
}
