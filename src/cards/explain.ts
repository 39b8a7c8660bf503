import type { AdaptiveCard } from '../store/ports';
import { commandButton } from './buttons';
import { fit, type Frame, render, type View } from './render';
import { joined, name, sentence, text, type Text, TITLE_LIMIT } from './text';
import { andMore, counted, suggestionButtons } from './words';

/** One row of the catalogue, its words chosen for the link that was named. */
export interface ExplainedCause {
  /** One short sentence. */
  readonly cause: string;
  /** "Alpha (source)", "the target", "nothing is wrong". */
  readonly where: string;
  readonly remedy: string;
  readonly codes: readonly string[];
  /** "Entra docs: …". */
  readonly source: string;
  /** Commands that lead on, as they are typed; without a link they hold `source>target` and are no buttons. */
  readonly commands: readonly string[];
  readonly isHarmless: boolean;
}

export interface ExplainView {
  /** What was asked, as it was typed. */
  readonly typed: string;
  /** Empty = not in the catalogue. */
  readonly causes: readonly ExplainedCause[];
  /** Known codes that look alike; empty when there are none. */
  readonly nearest: readonly string[];
  /** Commands that may be pressed. */
  readonly buttons: readonly string[];
}

/** What an error code or a log text means, from the catalogue; what is not in there is shown as it was written. */
export function explainCard(view: ExplainView): AdaptiveCard {
  const count = view.causes.length;
  const frame: Frame = {
    kind: 'Explain',
    title: name(titleOf(view), TITLE_LIMIT),
    state: count === 0 ? 'Not known' : isHarmless(view) ? 'Harmless' : 'Known',
    style: count === 0 ? 'warning' : isHarmless(view) ? 'good' : 'accent',
    sentence: sentenceOf(view),
    footer: [text`from the catalogue of this bot; it guesses nothing`],
  };
  const near = view.nearest.map((code) => commandButton(`Explain ${code}`, `explain ${code}`));
  return fit((limit) => {
    const rows = Math.min(limit, CAUSES);
    const facts: View = {
      raw: count === 0 ? sentence(view.typed) : '',
      causes: view.causes.slice(0, rows).map((one) => ({
        cause: sentence(one.cause),
        remedy: sentence(one.remedy),
        where: name(one.where, TITLE_LIMIT),
        commands: joined(
          one.commands.slice(0, 3).map((command) => text`**${name(command, TITLE_LIMIT)}**`),
          ', ',
        ),
        codes: joined(one.codes.slice(0, CODES), ', '),
        source: name(one.source, TITLE_LIMIT),
      })),
      nearest: joined(view.nearest.slice(0, NEAREST), ', '),
      more: andMore(count - rows, 'cause'),
    };
    const buttons = [...suggestionButtons(view.buttons), ...near.slice(0, NEAREST)].slice(0, 6);
    return render('explain', frame, facts, { buttons });
  });
}

const CAUSES = 4;
const CODES = 6;
const NEAREST = 3;

function isHarmless({ causes }: ExplainView): boolean {
  return causes.every((one) => one.isHarmless);
}

function titleOf({ typed, causes }: ExplainView): string {
  return causes.length === 1 ? (causes[0]?.codes.find((code) => typed.includes(code)) ?? typed) : typed;
}

function sentenceOf(view: ExplainView): Text {
  if (view.causes.length === 0) {
    return text`This is not in my catalogue, so I do not say what it means. Search for it in Microsoft's documentation, or give it to Microsoft support with the change id of the log row.`;
  }
  if (view.causes.length > 1) {
    return text`One code, ${counted(view.causes.length, 'cause')}: the text beside the code tells which.`;
  }
  return isHarmless(view)
    ? text`This looks like a fault and is none.`
    : text`This is known, and something can be done.`;
}
