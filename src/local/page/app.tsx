import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Avatar } from './avatar';
import { SimulatedClock } from './clock';
import { Icon } from './icons';
import { change, conversationsOf, personOf, unreadCount, useModel, type Model } from './model';
import { openPane } from './panes';
import { Pane } from './pane';
import { People } from './people';
import { ThemeButton } from './theme';

const noticeMs = 4000;
const connectionWords = {
  connecting: 'Connecting…',
  live: 'Live',
  lost: 'Connection lost, trying again…',
} as const;

function Connection({ connection }: Pick<Model, 'connection'>): JSX.Element {
  return (
    <span class={`connection is-${connection}`} role="status" title={connectionWords[connection]}>
      <span class={connection === 'live' ? 'hidden' : ''}>{connectionWords[connection]}</span>
    </span>
  );
}

function Notice({ notice }: Pick<Model, 'notice'>): JSX.Element {
  useEffect(() => {
    if (!notice) return;
    const timer = setTimeout(() => change({ notice: '' }), noticeMs);
    return () => clearTimeout(timer);
  }, [notice]);
  return (
    <div class="notice-place" role="status">
      {notice && <p class="notice">{notice}</p>}
    </div>
  );
}

function Welcome({ model }: { readonly model: Model }): JSX.Element {
  const { state } = model;
  if (!state?.isReady) {
    return (
      <div class="welcome is-waiting" role="status">
        <span class="spinner" /> Waiting for the simulated tenants…
      </div>
    );
  }
  return (
    <div class="welcome">
      <h1>Pick who you are</h1>
      <p>
        Each person has their own chat with {state.botName} and shares their tenant’s channel. Pick several to
        have them side by side: one asks, another approves.
      </p>
      <div class="welcome-people">
        <People state={state} panes={[]} />
      </div>
    </div>
  );
}

/** Which pane a narrow screen shows. */
function Switcher({ model }: { readonly model: Model }): JSX.Element | null {
  const { panes, front } = model;
  if (panes.length < 2) return null;
  return (
    <nav class="switcher" aria-label="Open panes">
      {panes.map((id) => {
        const person = personOf(id);
        if (!person) return null;
        const unread = conversationsOf(id).reduce((sum, each) => sum + unreadCount(each, id), 0);
        return (
          <button key={id} aria-current={id === front ? 'true' : undefined} onClick={() => openPane(id)}>
            <Avatar name={person.displayName} />
            {person.displayName.split(' ')[0]}
            {unread > 0 && id !== front && (
              <span class="dot">
                <span class="hidden">unread</span>
              </span>
            )}
          </button>
        );
      })}
    </nav>
  );
}

/** The whole page. */
export function App(): JSX.Element {
  const model = useModel();
  const [isPickerOpen, setPickerOpen] = useState(false);
  const { state, panes } = model;
  const shown = panes.flatMap((id) => personOf(id) ?? []);
  const front = shown.some(({ id }) => id === model.front) ? model.front : (shown[0]?.id ?? null);
  const hasPanes = shown.length > 0 && state !== null;
  return (
    <div class="page">
      <header class="top">
        {hasPanes && (
          <button
            class="plain narrow-only"
            aria-label="People"
            aria-expanded={isPickerOpen}
            onClick={() => setPickerOpen(!isPickerOpen)}
          >
            <Icon name="people" />
          </button>
        )}
        <img class="logo" src="/page/icon.svg" alt="" />
        <strong class="brand">Sync Steward</strong>
        <span class="tag mode">Local</span>
        <Connection connection={model.connection} />
        <SimulatedClock />
        <ThemeButton />
      </header>
      <Switcher model={{ ...model, front }} />
      <div class={`body ${hasPanes ? 'has-panes' : ''}`}>
        {isPickerOpen && <div class="veil narrow-only" onClick={() => setPickerOpen(false)} />}
        {hasPanes && (
          <nav
            class={`rail ${isPickerOpen ? 'is-open' : ''}`}
            aria-label="People"
            onKeyDown={({ key }) => key === 'Escape' && setPickerOpen(false)}
          >
            <People state={state} panes={panes} onPick={() => setPickerOpen(false)} />
          </nav>
        )}
        <main class="panes">
          {hasPanes ? (
            shown.map((person) => <Pane key={person.id} person={person} isFront={person.id === front} />)
          ) : (
            <Welcome model={model} />
          )}
        </main>
      </div>
      <Notice notice={model.notice} />
    </div>
  );
}
