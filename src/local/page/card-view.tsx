import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Card, Message, PersonOnPage } from '../protocol';
import { api } from './api';
import { drawCard, type DrawnCard } from './draw-card';
import { usePress, type Note, type Pressing } from './use-press';

export interface CardViewProps {
  readonly message: Message;
  readonly viewer: PersonOnPage;
}

type Frame = { current: HTMLDivElement | null };

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

function nameOf(element: HTMLElement): string | null {
  return element.getAttribute('aria-label') ?? element.textContent;
}

/** Where the focus is inside a card, in words that hold for its next drawing. */
function focusIn(frame: HTMLElement): string | null {
  const focused = document.activeElement;
  return focused instanceof HTMLElement && frame.contains(focused) ? nameOf(focused) : null;
}

function focusAgain(frame: HTMLElement, name: string | null): void {
  if (name === null) return;
  const all = [...frame.querySelectorAll<HTMLElement>('button, input, textarea, select, a')];
  (all.find((each) => nameOf(each) === name) ?? frame).focus({ preventScroll: true });
}

function spoken({ speak, fallbackText }: Card): string {
  return typeof speak === 'string' ? speak : typeof fallbackText === 'string' ? fallbackText : 'Card';
}

/** Draws the card when it changed; what was typed and where the focus was stay. */
function useDrawing(frame: Frame, card: Card, { press, setNote }: Pressing): void {
  const drawn = useRef<DrawnCard | null>(null);
  useLayoutEffect(() => {
    const place = frame.current;
    if (!place) return;
    const focused = focusIn(place);
    try {
      drawn.current = drawCard(card, drawn.current?.typed() ?? new Map(), press);
      place.replaceChildren(drawn.current.element);
    } catch (error) {
      drawn.current = null;
      place.replaceChildren(spoken(card));
      setNote({ isError: true, text: `This card could not be drawn: ${(error as Error).message}` });
    }
    focusAgain(place, focused);
  }, [keyOf(card)]);
}

/** Asks for this person's version when the card comes into view and when everybody's card changed. */
function useRefresh(frame: Frame, card: Card, { message, viewer }: CardViewProps): void {
  useEffect(() => {
    if (!frame.current || !wantsRefresh(card, viewer)) return;
    const on = { personId: viewer.id, conversationId: message.conversationId, messageId: message.id };
    const seen = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      seen.disconnect();
      void api.refresh(on).catch(() => undefined);
    });
    seen.observe(frame.current);
    return () => seen.disconnect();
  }, [message.contentRevision, viewer.id]);
}

function NoteLine({ note, onDismiss }: { readonly note: Note; onDismiss(): void }): JSX.Element {
  return (
    <p class={`card-note ${note.isError ? 'is-error' : ''}`} role={note.isError ? 'alert' : 'status'}>
      <span>{note.text}</span>
      <button class="plain tiny" aria-label="Dismiss" onClick={onDismiss}>
        ×
      </button>
    </p>
  );
}

/** One Adaptive Card as one person sees it: their own version when there is one. */
export function CardView({ message, viewer }: CardViewProps): JSX.Element {
  const frame = useRef<HTMLDivElement>(null);
  const personal = message.personal[viewer.id];
  const shared = message.card ?? {};
  const card = personal?.card ?? shared;
  const isWaiting = personal?.stale ?? false;
  const on = { personId: viewer.id, conversationId: message.conversationId, messageId: message.id };
  const pressing = usePress(on);
  useDrawing(frame, card, pressing);
  useRefresh(frame, isWaiting ? shared : card, { message, viewer });
  return (
    <div class="card-frame">
      <div
        ref={frame}
        class={`card ${isWaiting ? 'is-waiting' : ''}`}
        role="group"
        tabIndex={-1}
        aria-label={spoken(card)}
        aria-busy={pressing.isBusy || isWaiting}
        inert={isWaiting}
      />
      {pressing.note && <NoteLine note={pressing.note} onDismiss={() => pressing.setNote(null)} />}
    </div>
  );
}
