import type { PersonId } from '../protocol';
import { change, conversationsOf, present } from './model';
import { load } from './stream';

const mostPanes = 6;

/** `?as=alpha:jo,beta:kim` → the panes, each person once. */
export function panesInAddress(search: string): readonly PersonId[] {
  const named = (new URLSearchParams(search).get('as') ?? '').split(',').map((name) => name.trim());
  return [...new Set(named.filter((name) => /^[\w-]+:[\w.-]+$/.test(name)))].slice(0, mostPanes);
}

function setPanes(panes: readonly PersonId[], front: PersonId | null): void {
  const search = panes.length > 0 ? `?as=${panes.join(',')}` : location.pathname;
  history.replaceState(null, '', search);
  change({ panes, front });
}

/** Opens a person's pane, or brings it to the front. With six open the last one makes room. */
export function openPane(id: PersonId): void {
  const { panes } = present();
  if (panes.includes(id)) change({ front: id });
  else setPanes([...panes.slice(0, mostPanes - 1), id], id);
  requestAnimationFrame(() => {
    const pane = document.querySelector(`[data-pane="${CSS.escape(id)}"]`);
    pane?.scrollIntoView({ inline: 'nearest', block: 'nearest' });
    pane?.querySelector<HTMLElement>('textarea')?.focus();
  });
}

export function closePane(id: PersonId): void {
  const { panes, front } = present();
  const left = panes.filter((pane) => pane !== id);
  setPanes(left, front === id ? (left.at(-1) ?? null) : front);
}

/** The conversation that a pane shows. */
export function shownIn(id: PersonId): string | undefined {
  return present().tabs[id] ?? conversationsOf(id)[0]?.id;
}

export function showTab(id: PersonId, conversationId: string): void {
  change({ tabs: { ...present().tabs, [id]: conversationId }, front: id });
}

/** Loads a conversation that a pane shows for the first time. */
export function ensureLoaded(conversationId: string): void {
  if (present().messages[conversationId]) return;
  change({ messages: { ...present().messages, [conversationId]: [] } });
  void load(conversationId);
}
