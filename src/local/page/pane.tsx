import type { JSX } from 'preact';
import type { ConversationOnPage, PersonOnPage } from '../protocol';
import { Avatar } from './avatar';
import { ConversationView } from './conversation-view';
import { Icon } from './icons';
import { conversationsOf, present, unreadCount } from './model';
import { closePane, showTab, shownIn } from './panes';
import { roleLine, roleTitle } from './person-line';

function Tab({
  conversation,
  person,
  isShown,
}: {
  conversation: ConversationOnPage;
  person: PersonOnPage;
  isShown: boolean;
}): JSX.Element {
  const unread = isShown ? 0 : unreadCount(conversation, person.id);
  const isChannel = conversation.kind === 'channel';
  return (
    <button
      role="tab"
      id={`tab-${person.id}-${conversation.id}`}
      aria-selected={isShown}
      aria-controls={`panel-${person.id}`}
      tabIndex={isShown ? 0 : -1}
      title={isChannel ? `${conversation.teamName} › ${conversation.name}` : conversation.name}
      onClick={() => showTab(person.id, conversation.id)}
    >
      <Icon name={isChannel ? 'channel' : 'chat'} size={16} />
      <span class="tab-name">{conversation.name}</span>
      {unread > 0 && (
        <span class="badge">
          {unread > 9 ? '9+' : unread}
          <span class="hidden"> unread</span>
        </span>
      )}
    </button>
  );
}

function steerTabs(event: JSX.TargetedKeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
  const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=tab]')];
  const step = event.key === 'ArrowRight' ? 1 : -1;
  const next = tabs[(tabs.indexOf(document.activeElement as HTMLElement) + step + tabs.length) % tabs.length];
  next?.click();
  next?.focus();
}

/** One person at the screen: their chat with the bot and their tenant's channel. */
export function Pane({
  person,
  isFront,
}: {
  readonly person: PersonOnPage;
  readonly isFront: boolean;
}): JSX.Element {
  const conversations = conversationsOf(person.id);
  const shown = conversations.find(({ id }) => id === shownIn(person.id)) ?? conversations[0];
  const tenant = present().state?.tenants.find(({ key }) => key === person.tenantKey);
  return (
    <section
      class={`pane ${isFront ? 'is-front' : ''}`}
      data-pane={person.id}
      aria-label={`${person.displayName}, ${tenant?.displayName ?? ''}`}
    >
      <header class="pane-head">
        <Avatar name={person.displayName} size="large" />
        <div class="who" title={roleTitle(person)}>
          <h2>{person.displayName}</h2>
          <p>
            <span class="tenant-tag">{tenant?.displayName}</span> {roleLine(person)}
          </p>
        </div>
        <button
          class="plain"
          onClick={() => closePane(person.id)}
          aria-label={`Close ${person.displayName}`}
          title="Close"
        >
          <Icon name="close" size={18} />
        </button>
      </header>
      <div
        class="tabs"
        role="tablist"
        aria-label={`Conversations of ${person.displayName}`}
        onKeyDown={steerTabs}
      >
        {conversations.map((conversation) => (
          <Tab key={conversation.id} {...{ conversation, person }} isShown={conversation.id === shown?.id} />
        ))}
      </div>
      {shown && (
        <div
          class="panel"
          role="tabpanel"
          id={`panel-${person.id}`}
          aria-labelledby={`tab-${person.id}-${shown.id}`}
        >
          <ConversationView key={shown.id} conversation={shown} viewer={person} />
        </div>
      )}
    </section>
  );
}
