import type { Link, PlanState } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import { commandButton, type Button } from './buttons';
import { stateWords } from './plan-words';
import { fit, render, type View } from './render';
import { joined, sentence, text, type Leaf } from './text';
import { when } from './when';
import { andMore, counted, linkTitle } from './words';

export interface AuditedPlanView {
  readonly id: string;
  readonly link: Link;
  readonly title: string;
  readonly state: PlanState;
  readonly requesterName: string;
  readonly reason: string | null;
  /** Who decided, in order: "approved", by whom, when. */
  readonly decisions: readonly {
    readonly word: string;
    /** Null when it came by itself. */
    readonly personName: string | null;
    readonly at: string;
  }[];
  /** Changes of the plan, and how many users they reach. */
  readonly changes: number;
  readonly affectedUsers: number;
  readonly isDestructive: boolean;
  /** ISO 8601, of the first record. */
  readonly askedAt: string;
}

export interface AuditView {
  /** Null: all links that the reader may see. */
  readonly link: Link | null;
  /** What the list was narrowed to, in words: "from 1 Oct", "by Jo Doe". */
  readonly narrowedTo: readonly string[];
  readonly plans: readonly AuditedPlanView[];
  readonly total: number;
  /** Rows before these. */
  readonly skipped: number;
  /** The line that shows the page after so many rows. */
  readonly pageCommand: (skip: number) => string;
  readonly timeZone?: string;
}

const openable = 2;

/** Plans by their audit records, newest first: who asked and why, who decided when, what came of it. */
export function auditCard(view: AuditView): AdaptiveCard {
  return fit((limit) => {
    const shown = view.plans.slice(0, limit);
    const left = view.total - view.skipped - shown.length;
    return render(
      'audit',
      {
        kind: 'Audit',
        title: view.link ? linkTitle(view.link) : 'All your links',
        state: counted(view.total, 'plan'),
        style: 'emphasis',
        sentence: sentenceOf(view),
        footer: [text`Told from the audit records alone. Details of the other tenant stay with it.`],
      },
      { plans: shown.map((plan) => rowOf(plan, view.timeZone)), more: andMore(left, 'plan') },
      { buttons: buttonsOf(view, shown, left) },
    );
  });
}

function sentenceOf({ narrowedTo, total }: AuditView): Leaf {
  const by = narrowedTo.length > 0 ? text` ${joined(narrowedTo, ', ')}` : '';
  if (total === 0) return text`No plan has a record${by}.`;
  return text`Every plan with a record${by}, the newest first; also those that were rejected, withdrawn or expired.`;
}

function rowOf(plan: AuditedPlanView, timeZone: string | undefined): View {
  const { reason, isDestructive } = plan;
  return {
    id: plan.id,
    what: text`${linkTitle(plan.link)}: ${plan.title}`,
    state: stateWords[plan.state].word,
    asked: text`${plan.requesterName} asked, ${when(plan.askedAt, timeZone)}${reason ? text`: “${sentence(reason)}”` : ''}`,
    decisions: plan.decisions.map(({ word, personName, at }) => ({
      line: text`${word}${personName === null ? '' : text` by ${personName}`}, ${when(at, timeZone)}`,
    })),
    objects: text`${counted(plan.changes, 'change')}, ${counted(plan.affectedUsers, 'user')} affected${isDestructive ? ', destructive' : ''}`,
  };
}

function buttonsOf(view: AuditView, shown: readonly AuditedPlanView[], left: number): Button[] {
  const next = view.pageCommand(view.skipped + shown.length);
  return [
    ...shown.slice(0, openable).map(({ id }) => commandButton(`Open ${id}`, `audit ${id}`)),
    ...(left > 0 ? [commandButton('Next page', next)] : []),
    commandButton('Verify chain', 'audit verify'),
    commandButton('Export', 'export audit'),
  ];
}
