import type { JSX } from 'preact';
import { useId, useLayoutEffect, useState } from 'preact/hooks';
import { Icon } from './icons';
import { useDraft, type Draft } from './use-draft';
import { useMention, type MentionChoice } from './use-mention';

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

interface NamesProps {
  readonly id: string;
  readonly mention: MentionChoice;
}

function Names({ id, mention }: NamesProps): JSX.Element | null {
  if (mention.offered.length === 0) return null;
  return (
    <ul class="mentions" id={id} role="listbox" aria-label="People to mention">
      {mention.offered.map((name, index) => (
        <li
          key={name}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === mention.choice}
          onMouseDown={(event) => {
            event.preventDefault();
            mention.pick(name);
          }}
        >
          {name}
        </li>
      ))}
    </ul>
  );
}

type FieldProps = Pick<ComposerProps, 'label' | 'placeholder' | 'onCancel'> & {
  readonly draft: Draft;
  readonly mention: MentionChoice;
  readonly listId: string;
  onEnter(): void;
};

function Field({ draft, mention, listId, label, placeholder, onEnter, onCancel }: FieldProps): JSX.Element {
  const { field, text, isRecalled, recall, follow } = draft;
  const isOffering = mention.offered.length > 0;

  /** True when the key did something here. */
  function takesKey(key: string): boolean {
    if (mention.takesKey(key)) return true;
    if (key === 'Enter') onEnter();
    else if (key === 'ArrowUp' && (text === '' || isRecalled)) recall(1);
    else if (key === 'ArrowDown' && isRecalled) recall(-1);
    else if (key === 'Escape' && onCancel) onCancel();
    else return false;
    return true;
  }
  return (
    <textarea
      ref={field}
      rows={1}
      value={text}
      placeholder={placeholder}
      maxLength={4000}
      aria-label={label}
      aria-autocomplete={isOffering ? 'list' : undefined}
      aria-controls={isOffering ? listId : undefined}
      aria-activedescendant={isOffering ? `${listId}-${mention.choice}` : undefined}
      onInput={({ currentTarget }) => {
        follow(currentTarget);
        mention.reopen();
      }}
      onKeyDown={(event) => {
        if (event.isComposing || (event.key === 'Enter' && event.shiftKey)) return;
        if (takesKey(event.key)) event.preventDefault();
      }}
      onKeyUp={({ currentTarget }) => follow(currentTarget)}
      onClick={({ currentTarget }) => follow(currentTarget)}
    />
  );
}

/** Where a message is written: Enter sends, Shift+Enter breaks the line, ArrowUp goes back, `@` mentions. */
export function Composer(props: ComposerProps): JSX.Element {
  const { label, placeholder, names, sent, draftKey, focusNow, onSend, onCancel } = props;
  const draft = useDraft(draftKey, sent);
  const mention = useMention(draft, names);
  const [problem, setProblem] = useState('');
  const listId = useId();
  useLayoutEffect(() => {
    if (focusNow) draft.field.current?.focus();
  }, []);

  async function send(): Promise<void> {
    const said = draft.text.trim();
    if (!said) return;
    draft.write('');
    setProblem('');
    try {
      await onSend(said);
    } catch (error) {
      draft.write(said);
      setProblem((error as Error).message);
    }
  }
  const onEnter = () => void send();
  return (
    <form class="composer" onSubmit={(event) => (event.preventDefault(), onEnter())}>
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <Names id={listId} mention={mention} />
      <div class="field">
        <Field {...{ draft, mention, listId, label, placeholder, onEnter, onCancel }} />
        {names[0] && (
          <button
            type="button"
            class="plain"
            title={`Mention ${names[0]}`}
            aria-label={`Mention ${names[0]}`}
            onClick={() => mention.pick(names[0] ?? '')}
          >
            <Icon name="at" size={18} />
          </button>
        )}
        <button class="plain send" disabled={draft.text.trim() === ''} title="Send (Enter)" aria-label="Send">
          <Icon name="send" size={18} />
        </button>
      </div>
    </form>
  );
}
