import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/** An unsent text in its field. */
export interface Draft {
  readonly field: { current: HTMLTextAreaElement | null };
  readonly text: string;
  readonly caret: number;
  /** True while a text that was sent before is shown. */
  readonly isRecalled: boolean;
  write(text: string, caret?: number): void;
  /** Takes over what the person did in the field. */
  follow(area: HTMLTextAreaElement): void;
  /** Goes back (1) or forth (-1) through what was sent before. */
  recall(step: 1 | -1): void;
}

const drafts = new Map<string, string>();
const tallestPx = 160;

/** A text that survives while another tab is shown, in a field that grows with it. `sent`: oldest first. */
export function useDraft(key: string, sent: readonly string[]): Draft {
  const field = useRef<HTMLTextAreaElement>(null);
  /** Where the caret goes once a written text is in the field: before the next key, or letters change places. */
  const caretToSet = useRef<number | null>(null);
  const [text, setText] = useState(drafts.get(key) ?? '');
  const [caret, setCaret] = useState(0);
  const [back, setBack] = useState(0);

  useLayoutEffect(() => {
    const area = field.current;
    if (!area) return;
    area.style.height = 'auto';
    area.style.height = `${Math.min(area.scrollHeight, tallestPx)}px`;
    if (caretToSet.current !== null) area.setSelectionRange(caretToSet.current, caretToSet.current);
    caretToSet.current = null;
  }, [text]);

  function keep(next: string, caretAt: number, backNow: number): void {
    drafts.set(key, next);
    setText(next);
    setCaret(caretAt);
    setBack(backNow);
  }
  function write(next: string, caretAt = next.length, backNow = 0): void {
    keep(next, caretAt, backNow);
    caretToSet.current = caretAt;
  }
  return {
    ...{ field, text, caret, write, isRecalled: back > 0 },
    follow({ value, selectionStart }) {
      keep(value, selectionStart, value === text ? back : 0);
    },
    recall(step) {
      const next = Math.min(Math.max(back + step, 0), sent.length);
      write(next === 0 ? '' : (sent.at(-next) ?? ''), undefined, next);
    },
  };
}
