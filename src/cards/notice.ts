import type { Link } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import type { IncidentFacts } from '../watch/incident';
import { commandButton, type Button } from './buttons';
import { noticeWords } from './notice-words';
import { fit, render } from './render';
import { text } from './text';
import { when } from './when';
import { andMore, linkName, linkTitle } from './words';

export interface NoticeView {
  /** `IN-0007`. */
  readonly id: string;
  readonly link: Link;
  readonly facts: IncidentFacts;
  readonly isOpen: boolean;
  /** ISO 8601. */
  readonly openedAt: string;
  readonly changedAt: string;
  readonly timeZone?: string;
}

/** What happened to a link nobody was looking at: one card per incident, changed in place until it is over. */
export function noticeCard(view: NoticeView): AdaptiveCard {
  const { facts, isOpen, link, timeZone } = view;
  return fit((limit) => {
    const words = noticeWords(facts, link, isOpen);
    const rows = words.rows ?? [];
    return render(
      'notice',
      {
        kind: 'Alert',
        title: linkTitle(link),
        state: words.state,
        style: words.style,
        sentence: words.sentence,
        footer: [
          text`since ${when(view.openedAt, timeZone)}`,
          view.changedAt === view.openedAt ? '' : text`changed ${when(view.changedAt, timeZone)}`,
          view.id,
        ],
      },
      {
        facts: (words.facts ?? []).map(([title, value]) => ({ title, value })),
        rows: rows.slice(0, limit),
        more: andMore(rows.length - limit, 'user'),
        next: words.next ?? '',
      },
      { buttons: buttonsOf(link, facts) },
    );
  });
}

function buttonsOf(link: Link, facts: IncidentFacts): Button[] {
  const name = linkName(link);
  if (facts.kind === 'lost-destination') return [commandButton('Subscribe here', `subscribe ${name}`)];
  if (facts.kind === 'break-glass') return [commandButton('Show changes', `changes ${facts.planId}`)];
  const check = commandButton('Check link', `check ${name}`);
  const needsCheck = facts.kind === 'switches' || facts.kind === 'quarantine' || facts.kind === 'unreadable';
  return [
    commandButton('Show status', `status ${name}`),
    ...(needsCheck ? [check] : []),
    commandButton('Mute for a day', `mute ${name} --hours 24`),
  ];
}
