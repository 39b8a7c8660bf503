import { emptyCard } from '../cards/empty';
import { powershellCard } from '../cards/powershell';
import { pagesOf } from '../export/powershell/pages';
import type { Script } from '../export/powershell/script';
import type { AdaptiveCard } from '../store/ports';

/** One page of a script; a number past the end shows the last one. */
export function scriptCard(
  subject: string,
  { parts, outdated, missing = 0 }: Script,
  wanted: number,
  words: {
    readonly note: string;
    readonly back: { readonly title: string; readonly command: string } | null;
  },
): AdaptiveCard {
  const { pages, tooLong } = pagesOf(parts);
  const page = Math.min(Math.max(1, wanted), Math.max(1, pages.length));
  const left = tooLong > 0 ? ` ${tooLong} of its lines are too long for a card and left out.` : '';
  const unknown = missing > 0 ? ` ${missing} of its changes have no cmdlet here.` : '';
  return powershellCard({
    subject,
    note: `${words.note}${left}${unknown}`,
    parts: pages[page - 1]?.parts ?? [],
    outdated: page === 1 ? outdated : [],
    page,
    nextPage: page < pages.length ? `powershell ${subject} --page ${page + 1}` : null,
    back: words.back,
  });
}

/** Nothing to copy, and why. */
export function noScript(line: string, reason: string): AdaptiveCard {
  return emptyCard({
    title: 'PowerShell',
    sentence: `There is none for “${line.length > 64 ? `${line.slice(0, 63)}…` : line}”.`,
    nextStep: reason,
    suggestions: [],
  });
}
