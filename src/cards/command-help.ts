import type { Tier } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import { render } from './render';
import { joined, sentence, text, type Leaf } from './text';
import { suggestionButtons } from './words';

export interface CommandHelpView {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly usage: string;
  readonly summary: string;
  /** Consequences and limits, one to three sentences. */
  readonly details: string;
  readonly tier: 'R' | Tier;
  /** "Anyone who may see the tenant", "People with the Security Administrator role". */
  readonly who: string;
  readonly options: readonly { readonly usage: string; readonly summary: string }[];
  /** Lines that can be typed as they stand. */
  readonly examples: readonly string[];
}

const tierWords: Readonly<Record<'R' | Tier, Leaf>> = {
  R: 'Reads only',
  T1: text`Changes something: you confirm the plan first`,
  T2: text`Changes something: each changed tenant approves the plan first`,
  T3: text`Changes much: two people approve the plan first`,
};

/** One command: how it is written, what it does, who may use it, with examples that run at a press. */
export function commandHelpCard(view: CommandHelpView): AdaptiveCard {
  return render(
    'command-help',
    {
      kind: 'Help',
      title: view.name,
      state: tierWords[view.tier] === 'Reads only' ? 'Reads only' : 'Makes a plan',
      style: 'emphasis',
      sentence: sentence(view.summary),
      meaning: view.details === '' ? [] : [sentence(view.details)],
      footer: [text`Examples are buttons: a press types the line for you.`],
    },
    {
      usage: sentence(view.usage),
      effect: tierWords[view.tier],
      who: sentence(view.who),
      aliases: joined([...view.aliases], ', '),
      options: view.options.map((option) => ({ usage: option.usage, summary: sentence(option.summary) })),
      examples: view.examples.map((example) => ({ line: sentence(example) })),
    },
    { buttons: suggestionButtons(view.examples) },
  );
}
