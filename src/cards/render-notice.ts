import type { Link } from '../plan/types';
import type { Incident } from '../store/incidents';
import type { AdaptiveCard } from '../store/ports';
import type { IncidentFacts } from '../watch/incident';
import { noticeCard } from './notice';

/** The card of a stored incident as it stands now. */
export function renderNotice(incident: Incident, link: Link): AdaptiveCard {
  return noticeCard({
    id: incident.id,
    link,
    facts: incident.facts as IncidentFacts,
    isOpen: incident.state === 'open',
    openedAt: incident.openedAt.toISOString(),
    changedAt: incident.changedAt.toISOString(),
  });
}
