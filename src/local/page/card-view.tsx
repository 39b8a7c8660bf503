import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Card, Message, PersonOnPage, Press } from '../protocol';
import { api } from './api';
import { drawCard, type DrawnCard } from './draw-card';

export interface CardViewProps {
  readonly message: Message;
  readonly viewer: PersonOnPage;
}

interface Note {
  readonly isError: boolean;
  readonly text: string;
}

const keys = new WeakMap<Card, string>();

/** The card as text: the same text needs no new drawing. */
function keyOf(card: Card): string {
  const known = keys.get(card) ?? JSON.stringify(card);
  keys.set(card, known);
  return known;
}

function wantsRefresh(card: Card, viewer: PersonOnPage): boolean {
  const refresh = card.refresh as { userIds?: unknown } | undefined;
  return Array.isArray(refresh?.userIds) && refresh.userIds.includes(viewer.teamsUserId);
}

/** Where the focus is inside a card, in words that hold for its next drawing. */
function focusIn(frame: HTMLElement): string | null {
  const focused = document.activeElement;
  if (!(focused instanceof HTMLElement) || !frame.contains(focused)) return null;
  return focused.getAttribute('aria-label') ?? focused.textContent;
}

function focusAgain(frame: HTMLElement, name: string | null): void {
  if (name === null) return;
  const all = [...frame.querySelectorAll<HTMLElement>('button, input, textarea, select, a')];
  const same = all.find((each) => (each.getAttribute('aria-label') ?? each.textContent) === name);
  (same ?? frame).focus({ preventScroll: true });
}

function spoken(card: Card): string {
  const { speak, fallbackText } = card;
  return typeof speak === 'string' ? speak : typeof fallbackText === 'string' ? fallbackText : 'Card';
}

/** One Adaptive Card as one person sees it: their own version when there is one. */
export function CardView({ message, viewer }: CardViewProps): JSX.Element | null {
  const frame = useRef<HTMLDivElement>(null);
  const drawn = useRef<DrawnCard | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [note, setNote] = useState<Note | null>(null);
  const personal = message.personal[viewer.id];
  const card = personal?.card ?? message.card ?? {};
  const on = { personId: viewer.id, conversationId: message.conversationId, messageId: message.id };

  async function press(action: Press['action'], button: HTMLElement | undefined): Promise<void> {
    if (frame.current?.getAttribute('aria-busy') === 'true') return;
    frame.current?.setAttribute('aria-busy', 'true');
    button?.classList.add('is-pressed');
    setBusy(true);
    setNote(null);
    try {
      const outcome = await api.press({ ...on, action });
      if (outcome.outcome === 'message') setNote({ isError: false, text: outcome.text });
      if (outcome.outcome === 'error') setNote({ isError: true, text: outcome.text });
    } catch (error) {
      setNote({ isError: true, text: (error as Error).message });
    } finally {
      button?.classList.remove('is-pressed');
      setBusy(false);
    }
  }

  useLayoutEffect(() => {
    const place = frame.current;
    if (!place) return;
    const focused = focusIn(place);
    const typed = drawn.current?.typed() ?? new Map<string, string>();
    try {
      drawn.current = drawCard(card, typed, (action, button) => void press(action, button));
      place.replaceChildren(drawn.current.element);
    } catch (error) {
      drawn.current = null;
      place.replaceChildren(spoken(card));
      setNote({ isError: true, text: `This card could not be drawn: ${(error as Error).message}` });
    }
    focusAgain(place, focused);
  }, [keyOf(card)]);

  useEffect(() => {
    const place = frame.current;
    if (!place || !wantsRefresh(personal?.stale ? (message.card ?? {}) : card, viewer)) return;
    const seen = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      seen.disconnect();
      void api.refresh(on).catch(() => undefined);
    });
    seen.observe(place);
    return () => seen.disconnect();
  }, [message.contentRevision, viewer.id]);

  const isWaiting = personal?.stale ?? false;
  return (
    <div class="card-frame">
      <div
        ref={frame}
        class={`card ${isWaiting ? 'is-waiting' : ''}`}
        role="group"
        tabIndex={-1}
        aria-label={spoken(card)}
        aria-busy={isBusy || isWaiting}
        inert={isWaiting}
      />
      {note && (
        <p class={`card-note ${note.isError ? 'is-error' : ''}`} role={note.isError ? 'alert' : 'status'}>
          <span>{note.text}</span>
          <button class="plain tiny" aria-label="Dismiss" onClick={() => setNote(null)}>
            ×
          </button>
        </p>
      )}
    </div>
  );
}
