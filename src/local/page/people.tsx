import type { JSX } from 'preact';
import type { PersonOnPage, StateOnPage } from '../protocol';
import { Avatar } from './avatar';
import { conversationsOf, unreadCount, type Model } from './model';
import { openPane } from './panes';
import { roleLine, roleTitle } from './person-line';

interface PersonButtonProps {
  readonly person: PersonOnPage;
  readonly isOpen: boolean;
  onPick?(): void;
}

function PersonButton({ person, isOpen, onPick }: PersonButtonProps): JSX.Element {
  const unread = conversationsOf(person.id).reduce((sum, each) => sum + unreadCount(each, person.id), 0);
  const classes = ['person', isOpen ? 'is-open' : '', unread > 0 && !isOpen ? 'has-unread' : ''];
  return (
    <li>
      <button
        class={classes.filter(Boolean).join(' ')}
        title={roleTitle(person)}
        aria-current={isOpen ? 'true' : undefined}
        onClick={() => {
          openPane(person.id);
          onPick?.();
        }}
      >
        <Avatar name={person.displayName} />
        <span class="person-text">
          <span class="person-name">{person.displayName}</span>
          <span class="person-role">{roleLine(person)}</span>
        </span>
        {unread > 0 && !isOpen && (
          <span class="badge">
            {unread > 9 ? '9+' : unread}
            <span class="hidden"> unread</span>
          </span>
        )}
      </button>
    </li>
  );
}

export interface PeopleProps {
  readonly state: StateOnPage;
  readonly panes: Model['panes'];
  onPick?(): void;
}

/** Everybody, by tenant. */
export function People({ state, panes, onPick }: PeopleProps): JSX.Element {
  const groups = state.tenants.map((tenant) => ({
    tenant,
    people: state.people.filter(({ tenantKey }) => tenantKey === tenant.key),
  }));
  return (
    <>
      {groups
        .filter(({ people }) => people.length > 0)
        .map(({ tenant, people }) => (
          <section class="tenant" key={tenant.key} aria-labelledby={`tenant-${tenant.key}`}>
            <h3 id={`tenant-${tenant.key}`}>
              {tenant.displayName} <code>{tenant.key}</code>
            </h3>
            <ul>
              {people.map((person) => (
                <PersonButton key={person.id} {...{ person, onPick }} isOpen={panes.includes(person.id)} />
              ))}
            </ul>
          </section>
        ))}
    </>
  );
}
