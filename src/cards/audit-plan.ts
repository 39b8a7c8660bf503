import type { FieldChange, Link, PlanState } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import { commandButton, type Button } from './buttons';
import { stateWords } from './plan-words';
import { fit, render, type View } from './render';
import { code, joined, name, sentence, text, TITLE_LIMIT, type Leaf } from './text';
import { when } from './when';
import { andMore, counted, linkTitle, shownValue } from './words';

export interface AuditPlanView {
  readonly id: string;
  readonly link: Link;
  readonly title: string;
  readonly state: PlanState;
  readonly tier: string;
  readonly revision: number;
  /** SHA-256 of the exact plan, hex; null when it was never submitted. */
  readonly digest: string | null;
  readonly ending: string | null;
  readonly steps: readonly { readonly place: string; readonly title: string; readonly changes: number }[];
  readonly decisions: readonly AuditDecisionView[];
  /** Changes of the plan: those that were begun, then the others. */
  readonly writes: readonly AuditWriteView[];
  /** Changes before the first one shown. */
  readonly skipped: number;
  /** Numbers of its first and last record in the chain. */
  readonly records: { readonly first: number; readonly last: number };
  readonly timeZone?: string;
}

export interface AuditDecisionView {
  /** "Asked for approval", "Approved for Beta". */
  readonly word: string;
  /** ISO 8601. */
  readonly at: string;
  /** Null for what the bot did by itself. */
  readonly person: { readonly name: string; readonly objectId: string; readonly tenant: string } | null;
  /** "Security Administrator", "group …"; empty when none was needed. */
  readonly authority: string;
  /** "button", "text"; empty for the bot. */
  readonly surface: string;
  readonly reason: string | null;
}

export interface AuditWriteView {
  readonly place: string;
  readonly title: string;
  /** "verified", "failed while …". */
  readonly state: string;
  /** 0 for what was planned and not begun. */
  readonly attempts: number;
  /** Null: details belong to the other tenant's people. */
  readonly fields: readonly FieldChange[] | null;
  readonly clientRequestIds: readonly string[];
  readonly requestIds: readonly string[];
}

const mostSteps = 12;
const mostFields = 6;

/** One plan by its audit records: the exact plan, everybody who decided, every request and what it changed. */
export function auditPlanCard(view: AuditPlanView): AdaptiveCard {
  const { link, timeZone, steps, decisions } = view;
  return fit((limit) => {
    const writes = view.writes.slice(view.skipped, view.skipped + limit);
    const left = view.writes.length - view.skipped - writes.length;
    const begun = view.writes.filter(({ attempts }) => attempts > 0).length;
    const newest = decisions.slice(-Math.max(limit, 8));
    return render(
      'audit-plan',
      {
        kind: text`Audit of ${view.id}`,
        title: text`${linkTitle(link)}: ${view.title}`,
        state: stateWords[view.state].word,
        style: stateWords[view.state].style,
        sentence: view.ending ? sentence(view.ending) : sentenceOf(view),
        footer: [
          text`records ${view.records.first} to ${view.records.last} of the chain`,
          text`revision ${view.revision}`,
        ],
      },
      {
        facts: [
          { title: 'Tier', value: view.tier },
          { title: 'Changes', value: text`${begun} begun of ${plannedChanges(view)} planned` },
        ],
        digest: view.digest === null ? '' : code(view.digest),
        steps: [
          ...steps.slice(0, mostSteps).map((step) => ({ line: stepLine(step) })),
          ...(steps.length > mostSteps ? [{ line: andMore(steps.length - mostSteps, 'step') }] : []),
        ],
        decisions: newest.map((decision) => decisionRow(decision, timeZone)),
        writes: writes.map((write) => writeRow(write, link)),
        more: andMore(left, 'change'),
      },
      { buttons: buttonsOf(view, writes.length, left) },
    );
  });
}

function sentenceOf({ state, decisions }: AuditPlanView): Leaf {
  const ended = decisions.at(-1)?.word ?? stateWords[state].word;
  return text`Told from the audit records alone. The last one: ${sentence(ended)}.`;
}

function plannedChanges({ steps }: AuditPlanView): number {
  return steps.reduce((sum, { changes }) => sum + changes, 0);
}

function stepLine({ place, title, changes }: AuditPlanView['steps'][number]): Leaf {
  return text`${place}: ${name(title, TITLE_LIMIT)} (${counted(changes, 'change')})`;
}

function decisionRow(
  { word, at, person, authority, surface, reason }: AuditDecisionView,
  zone?: string,
): View {
  const who = person ? [text`${person.name}, ${person.tenant}`, person.objectId] : [text`by the bot itself`];
  return {
    what: text`**${sentence(word)}**, ${when(at, zone)}`,
    who: joined(
      [...who, authority ? text`as ${sentence(authority)}` : '', surface ? text`by ${surface}` : ''],
      ' · ',
    ),
    reason: reason ? text`“${sentence(reason)}”` : '',
  };
}

function writeRow(write: AuditWriteView, link: Link): View {
  const { fields } = write;
  const shown = (fields ?? []).slice(0, mostFields);
  const lines: Leaf[] = fields
    ? shown.map(
        ({ field, before, after }) =>
          text`${field}: ${shownValue(before, link)} → ${shownValue(after, link)}`,
      )
    : [text`Before and after are told to people of that tenant only.`];
  const more = andMore((fields ?? []).length - shown.length, 'field');
  return {
    title: text`${write.place}: ${name(write.title, TITLE_LIMIT)}`,
    state: sentence(write.state),
    fields: [...lines, ...(more === '' ? [] : [more])].map((line) => ({ line })),
    ids: requestsOf(write),
  };
}

function requestsOf({ attempts, clientRequestIds, requestIds }: AuditWriteView): Leaf {
  if (attempts === 0) return '';
  return joined(
    [
      attempts > 1 ? text`${attempts} attempts` : '',
      text`our id ${joined(clientRequestIds.slice(-2), ', ')}`,
      requestIds.length > 0 ? text`request id ${joined(requestIds.slice(-2), ', ')}` : text`no request id`,
    ],
    ' · ',
  );
}

function buttonsOf({ id, skipped }: AuditPlanView, count: number, left: number): Button[] {
  return [
    ...(left > 0 ? [commandButton('More changes', `audit ${id} --skip ${skipped + count}`)] : []),
    commandButton('Verify chain', 'audit verify'),
    commandButton('Export', 'export audit'),
  ];
}
