import type { AdaptiveCard } from '../store/ports';
import { type Button, commandButton } from './buttons';
import { fit, render, type View } from './render';
import { code, name, sentence, text, TITLE_LIMIT } from './text';
import { andMore, counted } from './words';

export interface ScriptLineView {
  readonly about: string;
  /** One line of PowerShell, harmless already (`src/export/powershell/quote.ts`). */
  readonly command: string;
}

export interface PowershellView {
  /** What it belongs to, as typed: "PL-0031", "policy alpha>beta". */
  readonly subject: string;
  /** "This does what the plan does…" */
  readonly note: string;
  /** In order; each begins with the line that opens its session. */
  readonly parts: readonly {
    readonly tenantName: string;
    readonly lines: readonly ScriptLineView[];
  }[];
  readonly outdated: readonly { readonly command: string; readonly why: string }[];
  /** Number of this page, from 1, and the line that shows the next one; null on the last. */
  readonly page: number;
  readonly nextPage: string | null;
  /** Runs what this is the script of; null when there is nothing to run. */
  readonly back: { readonly title: string; readonly command: string } | null;
}

/** The cmdlets for exactly what another card shows, line by line to copy, and the older ones that do not work. */
export function powershellCard(view: PowershellView): AdaptiveCard {
  const lines = view.parts.reduce((sum, part) => sum + part.lines.length, 0);
  return fit((limit) =>
    render(
      'powershell',
      {
        kind: 'PowerShell',
        title: name(view.subject, TITLE_LIMIT),
        state: view.page > 1 ? text`Page ${view.page}` : counted(lines, 'line'),
        style: 'emphasis',
        sentence: sentence(view.note),
        footer: [
          text`module Microsoft.Graph, version 2`,
          text`each line is complete: nothing is to be filled in`,
          text`nothing was run`,
        ],
      },
      {
        parts: view.parts.map((part) => partOf(part)),
        outdated: view.outdated.slice(0, limit).map(({ command, why }) => ({
          command: code(command),
          why: sentence(why),
        })),
        more: andMore(view.outdated.length - limit, 'older command'),
      },
      { buttons: buttonsOf(view) },
    ),
  );
}

function partOf({ tenantName, lines }: PowershellView['parts'][number]): View {
  return {
    tenant: text`In ${tenantName}`,
    lines: lines.map(({ about, command }) => ({ about: sentence(about), command: code(command) })),
  };
}

function buttonsOf({ nextPage, back }: PowershellView): Button[] {
  return [
    ...(nextPage === null ? [] : [commandButton('Show next lines', nextPage)]),
    ...(back === null ? [] : [commandButton(back.title, back.command)]),
  ];
}
