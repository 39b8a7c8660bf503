import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { ConversationOnPage, Message, PersonOnPage } from '../protocol';
import { api } from './api';
import { Composer } from './composer';
import { Icon } from './icons';
import { personOf, useModel, useNow } from './model';
import { ensureLoaded } from './panes';
import { Chat, Channel } from './talk';
import { useScroll } from './use-scroll';

export interface ConversationViewProps {
  readonly conversation: ConversationOnPage;
  readonly viewer: PersonOnPage;
}

function lastChanged(messages: readonly Message[]): Message | undefined {
  return messages.reduce<Message | undefined>(
    (latest, message) =>
      message.updatedAt && message.contentRevision > (latest?.contentRevision ?? 0) ? message : latest,
    undefined,
  );
}

/** A conversation as one person sees it: the log, what they may have missed, and the field to write in. */
export function ConversationView({ conversation, viewer }: ConversationViewProps): JSX.Element {
  const { messages: all, typingUntil, state } = useModel();
  const now = useNow(5000);
  const messages = all[conversation.id] ?? [];
  const newest = messages.at(-1);
  const changed = lastChanged(messages);
  const scroll = useScroll(newest?.id ?? '', changed?.id ?? '', changed?.contentRevision ?? 0);
  const botName = state?.botName ?? '';
  const isChannel = conversation.kind === 'channel';
  const names = isChannel
    ? [
        botName,
        ...conversation.memberIds.flatMap((id) =>
          id === viewer.id ? [] : (personOf(id)?.displayName ?? []),
        ),
      ]
    : [];
  const isTyping = (typingUntil[conversation.id] ?? 0) > now;
  const sent = messages.flatMap(({ from, text }) => (from === viewer.id && text ? [text] : []));

  useEffect(() => ensureLoaded(conversation.id), [conversation.id]);
  useEffect(() => {
    const isSeen = newest && scroll.isAtEnd && document.visibilityState === 'visible';
    if (!isSeen || (conversation.reads[viewer.id] ?? '') >= newest.id) return;
    const on = { personId: viewer.id, conversationId: conversation.id, messageId: newest.id };
    void api.read(on).catch(() => undefined);
  }, [newest?.id, scroll.isAtEnd, conversation.id, now]);

  const send = async (text: string, rootId: string | null = null) => {
    await api.send(viewer.id, conversation.id, text, rootId);
    if (rootId === null) scroll.goTo(null);
  };
  const where = isChannel ? `# ${conversation.name}` : `chat with ${botName}`;
  const talk = { messages, viewer, names, now, send: (text: string) => send(text), conversation };
  return (
    <>
      <div class="log-frame">
        <div
          ref={scroll.log}
          class="log"
          role="log"
          aria-live="polite"
          aria-relevant="additions"
          tabIndex={0}
          aria-label={`${viewer.displayName}: ${where}`}
        >
          <div class="log-content">
            {isChannel ? (
              <Channel {...talk} reply={(text, rootId) => send(text, rootId)} />
            ) : (
              <Chat {...talk} />
            )}
            <p class="typing" aria-hidden={!isTyping}>
              {isTyping && (
                <>
                  <span class="dots" aria-hidden="true">
                    <i />
                    <i />
                    <i />
                  </span>
                  {botName} is typing
                </>
              )}
            </p>
          </div>
        </div>
        {scroll.missed && (
          <button class="pill" onClick={() => scroll.goTo(scroll.missed?.id ?? null)}>
            {scroll.missed.where === 'below' ? 'New messages' : 'A card above was updated'}
            <span class={scroll.missed.where === 'above' ? 'flip' : ''}>
              <Icon name="down" size={14} />
            </span>
          </button>
        )}
      </div>
      <Composer
        key={conversation.id}
        draftKey={`${viewer.id} ${conversation.id}`}
        label={`Write as ${viewer.displayName} in the ${where}`}
        placeholder={isChannel ? `Start a post, mention @${botName}` : `Message ${botName}`}
        {...{ names, sent }}
        onSend={(text) => send(text)}
      />
    </>
  );
}
