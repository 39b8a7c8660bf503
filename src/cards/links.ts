import type { Link } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import { commandButton } from './buttons';
import { fit, render } from './render';
import { sentence, text } from './text';
import { andMore, counted, linkName, linkTitle } from './words';

export interface LinksView {
  readonly links: readonly {
    readonly link: Link;
    /** "running", "paused", "not set up", "quarantined", "not readable". */
    readonly state: string;
    /** How it is doing: shown as a word and as a colour. */
    readonly health: 'good' | 'warning' | 'attention' | 'none';
    /** One sentence of detail: "Last cycle 3 minutes ago: 11 created". Empty when there is none. */
    readonly detail: string;
  }[];
  /** The first link that could be set up, for the empty state; null when fewer than two tenants are known. */
  readonly firstLink: Link | null;
}

/** Every link that is set up or known, with its state in a word. */
export function linksCard(view: LinksView): AdaptiveCard {
  const bad = view.links.filter((row) => row.health === 'attention' || row.health === 'warning').length;
  return fit((limit) =>
    render(
      'links',
      {
        kind: 'Links',
        title: view.links.length === 0 ? 'No links yet' : counted(view.links.length, 'link'),
        state: view.links.length === 0 ? '' : bad === 0 ? 'Nothing to do' : text`${bad} to look at`,
        style: bad === 0 ? 'emphasis' : 'warning',
        sentence: sentenceOf(view),
      },
      {
        links: view.links.slice(0, limit).map((row) => ({
          title: linkTitle(row.link),
          name: linkName(row.link),
          state: row.state,
          colour: row.health === 'none' ? 'Default' : row.health,
          detail: sentence(row.detail),
        })),
        more: andMore(view.links.length - limit, 'link'),
      },
      { buttons: buttonsOf(view) },
    ),
  );
}

function sentenceOf(view: LinksView) {
  if (view.links.length > 0) return text`Users flow from the source on the left to the target on the right.`;
  return view.firstLink
    ? text`Type **setup ${linkName(view.firstLink)}** to plan the first one, or check first what stands in its way.`
    : text`Connect two tenants first; then **setup** plans the link between them.`;
}

function buttonsOf(view: LinksView) {
  const { firstLink } = view;
  if (view.links.length > 0) {
    return view.links
      .slice(0, BUTTONS)
      .map(({ link }) => commandButton(`Show ${linkName(link)}`, `status ${linkName(link)}`));
  }
  if (!firstLink) return [commandButton('Show tenants', 'tenants')];
  return [
    commandButton(`Check ${linkName(firstLink)}`, `check ${linkName(firstLink)}`, { style: 'positive' }),
  ];
}

const BUTTONS = 4;
