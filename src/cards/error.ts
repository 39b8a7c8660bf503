import type { ErrorCode } from '../errors';
import type { AdaptiveCard } from '../store/ports';
import { commandButton } from './buttons';
import { errorWords } from './error-words';
import { render } from './render';
import { sentence, text } from './text';
import { suggestionButtons } from './words';

/** Unknown errors show no internals: they arrive as code `internal`. */
export interface ErrorView {
  readonly code: ErrorCode;
  /** What was happening, lower case: "reading the partner entry". */
  readonly doing: string;
  readonly remedy: string;
  readonly graphCode?: string;
  readonly requestId?: string;
  /** Our own id, for the log. */
  readonly correlationId?: string;
  /** Offered again as [Try again]; null when repeating cannot help. */
  readonly retryCommand: string | null;
  readonly suggestions?: readonly string[];
}

/** What stopped, what to do, and the ids that support asks for. */
export function errorCard(view: ErrorView): AdaptiveCard {
  const retry = view.retryCommand === null ? [] : [commandButton('Try again', view.retryCommand)];
  return render(
    'error',
    {
      kind: 'Error',
      title: sentence(capitalised(view.doing)),
      state: 'Stopped',
      style: 'attention',
      sentence: sentence(errorWords[view.code]),
      footer: [
        text`code ${view.code}`,
        view.graphCode ? text`Graph said ${view.graphCode}` : '',
        view.requestId ? text`request id ${view.requestId}` : '',
        view.correlationId ? text`our id ${view.correlationId}` : '',
      ],
    },
    { remedy: sentence(view.remedy) },
    { buttons: [...retry, ...suggestionButtons(view.suggestions ?? [])] },
  );
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
