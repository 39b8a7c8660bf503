import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Message, PersonOnPage } from '../protocol';
import { api } from './api';
import { Avatar, BotAvatar } from './avatar';
import { CardView } from './card-view';
import { Icon } from './icons';
import { markdownToHtml } from './markdown';
import { partsOf } from './mention';
import { personOf, present } from './model';
import { fullTime, shortTime } from './time';

export interface MessageViewProps {
  readonly message: Message;
  readonly viewer: PersonOnPage;
  /** Follows a message of the same author: no name, no picture. */
  readonly isContinued: boolean;
  /** In a channel everybody stands on the left. */
  readonly isPost: boolean;
  readonly names: readonly string[];
  readonly now: number;
}

const glowMs = 2500;

/** `msteams.width: Full` */
function isWide(card: Message['card']): boolean {
  return (card?.msteams as { width?: unknown } | undefined)?.width === 'Full';
}

/** True for a moment after everybody's or this person's card was replaced while it was on the screen. */
function useGlow(message: Message, viewerId: string): boolean {
  const shown = JSON.stringify([message.contentRevision, message.personal[viewerId]?.card ?? null]);
  const first = useRef(shown);
  const [isGlowing, setGlowing] = useState(false);
  useEffect(() => {
    if (first.current === shown) return;
    first.current = shown;
    setGlowing(true);
    const timer = setTimeout(() => setGlowing(false), glowMs);
    return () => clearTimeout(timer);
  }, [shown]);
  return isGlowing;
}

function Text({ message, names }: Pick<MessageViewProps, 'message' | 'names'>): JSX.Element | null {
  if (!message.text) return null;
  if (message.from === null) {
    const text = message.text.replace(/<at>(.*?)<\/at>/g, '@$1');
    return <div class="text" dangerouslySetInnerHTML={{ __html: markdownToHtml(text) }} />;
  }
  const parts = partsOf(message.text, names);
  return (
    <div class="text is-typed">
      {parts.map((part) => (part.isMention ? <span class="mention">{part.text}</span> : part.text))}
    </div>
  );
}

function Delivery({ message, viewer }: Pick<MessageViewProps, 'message' | 'viewer'>): JSX.Element | null {
  if (message.from !== viewer.id || message.delivery === 'sent') return null;
  if (message.delivery === 'sending') return <span class="delivery">Sending…</span>;
  const { conversationId, id: messageId } = message;
  const retry = () =>
    void api.retry({ personId: viewer.id, conversationId, messageId }).catch(() => undefined);
  return (
    <span class="delivery is-failed" role="alert">
      Not delivered: Sync Steward does not answer.{' '}
      <button class="link" onClick={retry}>
        Send again
      </button>
    </span>
  );
}

/** One message: who, when, text, card, and whether it was updated since. */
export function MessageView(props: MessageViewProps): JSX.Element {
  const { message, viewer, isContinued, isPost, names, now } = props;
  const isGlowing = useGlow(message, viewer.id);
  const author = message.from === null ? null : personOf(message.from);
  const authorName =
    message.from === null ? (present().state?.botName ?? '') : (author?.displayName ?? 'Somebody');
  const isOwn = message.from === viewer.id;
  const classes = [
    'message',
    isOwn && !isPost ? 'is-own' : '',
    isContinued ? 'is-continued' : '',
    isGlowing ? 'is-glowing' : '',
    message.card ? 'has-card' : '',
    isWide(message.card) ? 'is-wide' : '',
  ];
  return (
    <article
      class={classes.filter(Boolean).join(' ')}
      data-message={message.id}
      aria-label={`${authorName}, ${fullTime(message.at)}`}
    >
      <div class="face">
        {!isContinued && (message.from === null ? <BotAvatar /> : <Avatar name={authorName} />)}
      </div>
      <div class="said">
        <header>
          {!isContinued && <span class="author">{authorName}</span>}
          {!isContinued && message.from === null && <span class="tag">App</span>}
          <time dateTime={message.at} title={fullTime(message.at)}>
            {shortTime(message.at, now)}
          </time>
          {message.updatedAt && (
            <span class="updated" title={`Updated ${fullTime(message.updatedAt)}`}>
              <Icon name="edit" size={11} /> Updated {shortTime(message.updatedAt, now)}
            </span>
          )}
        </header>
        <div class="bubble">
          <Text message={message} names={names} />
          {message.card && <CardView message={message} viewer={viewer} />}
        </div>
        <Delivery message={message} viewer={viewer} />
      </div>
    </article>
  );
}
