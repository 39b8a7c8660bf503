import type { JSX } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from './icons';
import { mentionAt, suggestions, withMention } from './mention';

export interface ComposerProps {
  /** Name of the field for screen readers. */
  readonly label: string;
  readonly placeholder: string;
  /** Who can be mentioned; nobody in a personal chat. */
  readonly names: readonly string[];
  /** What this person sent here, oldest first: ArrowUp brings it back. */
  readonly sent: readonly string[];
  /** Keeps an unsent text while another tab is shown. */
  readonly draftKey: string;
  readonly focusNow?: boolean;
  onSend(text: string): Promise<void>;
  onCancel?(): void;
}

const drafts = new Map<string, string>();

/** Where a message is written: Enter sends, Shift+Enter breaks the line, ArrowUp goes back, `@` mentions. */
export function Composer(props: ComposerProps): JSX.Element {
  const { label, placeholder, names, sent, draftKey, focusNow, onSend, onCancel } = props;
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(drafts.get(draftKey) ?? '');
  const [back, setBack] = useState(0);
  const [caret, setCaret] = useState(0);
  const [choice, setChoice] = useState(0);
  const [isClosed, setClosed] = useState(false);
  const [problem, setProblem] = useState('');
  const listId = useId();
  const mention = names.length > 0 && !isClosed ? mentionAt(text, caret) : null;
  const offered = mention ? suggestions(names, mention.query) : [];

  useLayoutEffect(() => {
    const area = field.current;
    if (!area) return;
    area.style.height = 'auto';
    area.style.height = `${Math.min(area.scrollHeight, 160)}px`;
  }, [text]);
  useLayoutEffect(() => {
    if (focusNow) field.current?.focus();
  }, []);

  function write(next: string, caretAt = next.length): void {
    drafts.set(draftKey, next);
    setText(next);
    setCaret(caretAt);
    requestAnimationFrame(() => field.current?.setSelectionRange(caretAt, caretAt));
  }

  function pick(name: string): void {
    const at = mention ?? { start: caret };
    const next = withMention(text, at.start, caret, name);
    write(next.text, next.caret);
    setChoice(0);
    field.current?.focus();
  }

  async function send(): Promise<void> {
    const said = text.trim();
    if (!said) return;
    write('');
    setBack(0);
    setProblem('');
    try {
      await onSend(said);
    } catch (error) {
      write(said);
      setProblem((error as Error).message);
    }
  }

  function recall(step: 1 | -1): void {
    const next = Math.min(Math.max(back + step, 0), sent.length);
    setBack(next);
    write(next === 0 ? '' : (sent.at(-next) ?? ''));
  }

  /** True when the list of names took the key. */
  function steerList(key: string): boolean {
    if (offered.length === 0) return false;
    if (key === 'ArrowDown') setChoice((choice + 1) % offered.length);
    else if (key === 'ArrowUp') setChoice((choice + offered.length - 1) % offered.length);
    else if (key === 'Enter' || key === 'Tab') pick(offered[choice] ?? offered[0] ?? '');
    else if (key === 'Escape') setClosed(true);
    else return false;
    return true;
  }

  function onKeyDown(event: JSX.TargetedKeyboardEvent<HTMLTextAreaElement>): void {
    const { key, shiftKey, isComposing } = event;
    if (isComposing) return;
    if (steerList(key)) return event.preventDefault();
    if (key === 'Enter' && !shiftKey) {
      event.preventDefault();
      void send();
    } else if (key === 'ArrowUp' && (text === '' || back > 0)) {
      event.preventDefault();
      recall(1);
    } else if (key === 'ArrowDown' && back > 0) {
      event.preventDefault();
      recall(-1);
    } else if (key === 'Escape' && onCancel) onCancel();
  }

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      {offered.length > 0 && (
        <ul class="mentions" id={listId} role="listbox" aria-label="People to mention">
          {offered.map((name, index) => (
            <li
              key={name}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === choice}
              onMouseDown={(event) => {
                event.preventDefault();
                pick(name);
              }}
            >
              {name}
            </li>
          ))}
        </ul>
      )}
      <div class="field">
        <textarea
          ref={field}
          rows={1}
          value={text}
          placeholder={placeholder}
          maxLength={4000}
          aria-label={label}
          {...(names.length > 0
            ? {
                role: 'combobox',
                'aria-autocomplete': 'list' as const,
                'aria-expanded': offered.length > 0,
                'aria-controls': listId,
                'aria-activedescendant': offered.length > 0 ? `${listId}-${choice}` : undefined,
              }
            : {})}
          onInput={({ currentTarget }) => {
            drafts.set(draftKey, currentTarget.value);
            setText(currentTarget.value);
            setCaret(currentTarget.selectionStart);
            setBack(0);
            setClosed(false);
          }}
          onKeyDown={onKeyDown}
          onKeyUp={({ currentTarget }) => setCaret(currentTarget.selectionStart)}
          onClick={({ currentTarget }) => setCaret(currentTarget.selectionStart)}
        />
        {names.length > 0 && (
          <button
            type="button"
            class="plain"
            title={`Mention ${names[0]}`}
            aria-label={`Mention ${names[0]}`}
            onClick={() => pick(names[0] ?? '')}
          >
            <Icon name="at" size={18} />
          </button>
        )}
        <button class="plain send" disabled={text.trim() === ''} title="Send (Enter)" aria-label="Send">
          <Icon name="send" size={18} />
        </button>
      </div>
    </form>
  );
}
