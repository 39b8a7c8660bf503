import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ConversationOnPage, Message, PersonOnPage } from '../protocol';
import { BotAvatar } from './avatar';
import { Composer } from './composer';
import { Icon } from './icons';
import { MessageView } from './message-view';
import { present } from './model';
import { dayHeading } from './time';

export interface TalkProps {
  readonly messages: readonly Message[];
  readonly viewer: PersonOnPage;
  readonly conversation: ConversationOnPage;
  readonly names: readonly string[];
  readonly now: number;
  send(text: string): Promise<void>;
}

const continuedMs = 5 * 60_000;

function isContinued(message: Message, previous: Message | undefined): boolean {
  if (!previous || previous.from !== message.from) return false;
  return Date.parse(message.at) - Date.parse(previous.at) < continuedMs;
}

function Day({ heading }: { readonly heading: string | null }): JSX.Element | null {
  return heading ? (
    <div class="day" role="separator">
      <span>{heading}</span>
    </div>
  ) : null;
}

function Empty({
  title,
  text,
  action,
}: {
  readonly title: string;
  readonly text: string;
  readonly action?: JSX.Element;
}): JSX.Element {
  return (
    <div class="empty">
      <BotAvatar size="large" />
      <h3>{title}</h3>
      <p>{text}</p>
      {action}
    </div>
  );
}

/** A person's chat with the bot. */
export function Chat({ messages, viewer, conversation, names, now, send }: TalkProps): JSX.Element {
  if (messages.length === 0) {
    const isEmpty = conversation.messages.length === 0;
    const help = (
      <button class="outlined" onClick={() => void send('help')}>
        Send “help”
      </button>
    );
    return isEmpty ? (
      <Empty
        title={present().state?.botName ?? ''}
        text="Ask what it can do, or write a command."
        action={help}
      />
    ) : (
      <div class="loading">
        <span class="spinner" /> Loading…
      </div>
    );
  }
  return (
    <>
      {messages.map((message, index) => {
        const previous = messages[index - 1];
        const heading = dayHeading(message.at, previous?.at ?? null, now);
        return (
          <div key={message.id}>
            <Day heading={heading} />
            <MessageView
              {...{ message, viewer, names, now }}
              isPost={false}
              isContinued={!heading && isContinued(message, previous)}
            />
          </div>
        );
      })}
    </>
  );
}

interface ChannelProps extends TalkProps {
  reply(text: string, rootId: string): Promise<void>;
}

function Post({
  root,
  replies,
  ...props
}: ChannelProps & { root: Message; replies: readonly Message[] }): JSX.Element {
  const [isReplying, setReplying] = useState(false);
  const { viewer, names, now, reply } = props;
  return (
    <section class="post" aria-label="Post with its replies">
      <MessageView message={root} {...{ viewer, names, now }} isContinued={false} isPost />
      {replies.length > 0 && (
        <div class="replies">
          {replies.map((message, index) => (
            <MessageView
              key={message.id}
              {...{ message, viewer, names, now }}
              isContinued={isContinued(message, replies[index - 1])}
              isPost
            />
          ))}
        </div>
      )}
      {isReplying ? (
        <Composer
          draftKey={`${viewer.id} ${root.id}`}
          label={`Reply as ${viewer.displayName}`}
          placeholder="Reply, mention @Sync Steward"
          {...{ names }}
          sent={[]}
          focusNow
          onSend={async (text) => {
            await reply(text, root.id);
            setReplying(false);
          }}
          onCancel={() => setReplying(false)}
        />
      ) : (
        <button class="plain reply" onClick={() => setReplying(true)}>
          <Icon name="reply" size={15} /> Reply
        </button>
      )}
    </section>
  );
}

/** A tenant's channel: posts, each with its replies. */
export function Channel(props: ChannelProps): JSX.Element {
  const { messages, conversation, now } = props;
  const roots = messages.filter(({ rootId }) => rootId === null);
  if (roots.length === 0) {
    const text = `Everybody of ${conversation.teamName ?? 'the team'} reads here. The bot only sees posts that mention it.`;
    return <Empty title={`# ${conversation.name}`} text={text} />;
  }
  return (
    <>
      {roots.map((root, index) => (
        <div key={root.id}>
          <Day heading={dayHeading(root.at, roots[index - 1]?.at ?? null, now)} />
          <Post {...props} root={root} replies={messages.filter(({ rootId }) => rootId === root.id)} />
        </div>
      ))}
    </>
  );
}
