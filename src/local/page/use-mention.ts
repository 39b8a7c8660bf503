import { useState } from 'preact/hooks';
import { mentionAt, suggestions, withMention } from './mention';
import type { Draft } from './use-draft';

/** The names that are offered while somebody types `@…`. */
export interface MentionChoice {
  readonly offered: readonly string[];
  /** Index of the name that Enter takes. */
  readonly choice: number;
  pick(name: string): void;
  /** True when the list took the key. */
  takesKey(key: string): boolean;
  /** Offers names again after Escape. */
  reopen(): void;
}

export function useMention({ field, text, caret, write }: Draft, names: readonly string[]): MentionChoice {
  const [choice, setChoice] = useState(0);
  const [isClosed, setClosed] = useState(false);
  const begun = names.length > 0 && !isClosed ? mentionAt(text, caret) : null;
  const offered = begun ? suggestions(names, begun.query) : [];
  const current = Math.min(choice, Math.max(offered.length - 1, 0));

  function pick(name: string): void {
    const next = withMention(text, begun?.start ?? caret, caret, name);
    write(next.text, next.caret);
    setChoice(0);
    field.current?.focus();
  }
  function takesKey(key: string): boolean {
    if (offered.length === 0) return false;
    if (key === 'ArrowDown') setChoice((current + 1) % offered.length);
    else if (key === 'ArrowUp') setChoice((current + offered.length - 1) % offered.length);
    else if (key === 'Enter' || key === 'Tab') pick(offered[current] ?? '');
    else if (key === 'Escape') setClosed(true);
    else return false;
    return true;
  }
  return { offered, choice: current, pick, takesKey, reopen: () => setClosed(false) };
}
