import type { BreakGlassNotice, Link, PlanRecord } from '../plan/types';
import type { NoticeWords } from './notice-words';
import { tenantOf } from './plan-facts';
import { lackingPeople } from './plan-quorums';
import { sentence, text, type Text } from './text';
import { when } from './when';
import { listed } from './words';

/** "Break-glass by Jo Doe: “nobody is awake”." First of what a plan's cards say, for everybody; none otherwise. */
export function breakGlassLines({ breakGlass = [], state }: PlanRecord): Text[] {
  return breakGlass.map(({ person, reason, expiresAt, isLive }) => {
    const end = /[.!?]$/.test(reason) ? '' : text`.`;
    const who = text`**Break-glass by ${person.displayName}**: “${sentence(reason)}”${end}`;
    if (state !== 'submitted' && state !== 'approved') return who;
    if (!isLive) return text`${who} It is over: that voice counts no more.`;
    return text`${who} Until ${when(expiresAt)} that voice counts without a role, but only together with another person’s.`;
  });
}

/** What can be done where too few people who may approve can be reached; none otherwise. */
export function emergencyLines(record: PlanRecord, link: Link): Text[] {
  if (record.state !== 'submitted') return [];
  const short = record.quorums.filter((quorum) => lackingPeople(record, quorum) > 0);
  return short.map(({ tenantId }) => {
    const tenant = tenantOf(link, tenantId).displayName;
    return text`**Too few people who may approve for ${tenant} can be reached.** Those whom its settings name for an emergency type **break glass ${record.id}** with a reason. Two people in all must approve.`;
  });
}

/** Loud, and never in anybody's place: who, what for, how long, and who looks at it afterwards. */
export function breakGlassNotice(facts: BreakGlassNotice, link: Link): NoticeWords {
  const { planId, person, reason, requester, expiresAt, reviewers, reviewBy } = facts;
  const tenant = tenantOf(link, facts.tenantId).displayName;
  const who =
    reviewers.length === 0 ? text`whoever may approve for ${tenant}` : text`${listed(reviewers, 3, 'or')}`;
  return {
    state: 'Break-glass',
    style: 'attention',
    sentence: text`**${person}** broke the glass on ${planId}: for an hour they may approve it for ${tenant} without holding a role, together with a second person.`,
    facts: [
      ['Reason', sentence(reason)],
      ['Plan', text`${planId}, asked for by ${requester}`],
      ['Ends', when(expiresAt)],
      ['Review', text`by ${who}, before ${when(reviewBy)}`],
    ],
    next: text`if this is not right, **reject ${planId}** or **freeze ${linkWords(link)}** with a reason stops it at once.`,
  };
}

function linkWords({ source, target }: Link): string {
  return `${source.key}>${target.key}`;
}
