import type { Change, Link, PlannedStep, PlanRecord, Tenant } from '../plan/types';
import { kindWords } from './plan-words';
import type { View } from './render';
import { type Leaf, name, sentence, text, type Text, TITLE_LIMIT } from './text';
import { andMore, counted, isOneTenant, linkName, listed } from './words';
import { when } from './when';

/** Everything the cards of a plan say about it, worked out from the record alone. No decisions. */

/** The line that makes the same plan anew. */
export function commandOf(record: PlanRecord, link: Link): string {
  const { kind, subject } = record.content;
  return subject?.command ?? `${kind} ${linkName(link)}`;
}

export function tenantOf(link: Link, tenantId: string): Tenant {
  return tenantId === link.source.tenantId ? link.source : link.target;
}

/** Tenants that the plan changes, the target first, as its steps are ordered. */
export function changedTenants(record: PlanRecord, link: Link): Tenant[] {
  const ids = new Set(record.content.steps.map((step) => step.tenantId));
  const ends = isOneTenant(link) ? [link.target] : [link.target, link.source];
  return ends.filter((tenant) => ids.has(tenant.tenantId));
}

export function changeCount(steps: readonly PlannedStep[]): number {
  return steps.reduce((count, step) => count + step.changes.length, 0);
}

/** People of the step that touches most of them: the same people are not counted once per step. */
export function affectedUsers(steps: readonly PlannedStep[]): number {
  const perStep = steps.map((step) => step.changes.reduce((sum, change) => sum + change.affectedUsers, 0));
  return Math.max(0, ...perStep);
}

/** "3 changes in Beta (target) and 8 in Alpha (source). Nothing is deleted. All of it can be undone." */
export function outcomeSentence(record: PlanRecord, link: Link): Text {
  const steps = record.content.steps;
  const parts = changedTenants(record, link).map((tenant) => {
    const count = changeCount(steps.filter((step) => step.tenantId === tenant.tenantId));
    const where = text`${counted(count, 'change')} in ${tenant.displayName}`;
    const side = tenant === link.source ? 'source' : 'target';
    return isOneTenant(link) ? where : text`${where} (${side})`;
  });
  return text`${planTitle(record)}: ${listed(parts)}. ${riskSentence(steps)}`;
}

/** "Set up synchronization"; "Undo PL-0031". */
export function planTitle({ content: { kind, subject } }: PlanRecord): string {
  return subject?.type === 'undo' ? `Undo ${subject.planId}` : kindWords[kind].title;
}

/** What is deleted and what can be undone. */
export function riskSentence(steps: readonly PlannedStep[]): Text {
  return text`${deletionSentence(steps)} ${undoSentence(steps)}`;
}

function deletionSentence(steps: readonly PlannedStep[]): Text {
  const leaving = leaverCount(steps);
  if (leaving > 0) return text`**${counted(leaving, 'user leaves', 'users leave')} the scope.**`;
  const deletions = steps.flatMap((step) => step.changes).filter(isDeletion);
  return deletions.length === 0
    ? text`Nothing is deleted.`
    : text`**${counted(deletions.length, 'deletion')}.**`;
}

/** Users who leave the scope, over all steps. */
export function leaverCount(steps: readonly PlannedStep[]): number {
  const changes = steps.flatMap((step) => step.changes);
  return changes.reduce((count, { leavers }) => count + (leavers?.count ?? 0), 0);
}

/** By its operation, or because trying a user out of scope takes the account away. */
function isDeletion({ operation, parameters }: Change): boolean {
  return /\.(delete|remove|unassign)/i.test(operation) || parameters['isRemoval'] === true;
}

function undoSentence(steps: readonly PlannedStep[]): Text {
  const changes = steps.flatMap((step) => step.changes);
  const lasting = changes.filter((change) => change.undo !== true).length;
  if (lasting === 0) return text`All of it can be undone.`;
  return lasting === changes.length
    ? text`It cannot be undone.`
    : text`${lasting} of ${changes.length} changes cannot be undone.`;
}

/** Who is affected, what they will notice, and why something cannot be undone. */
export function meaningLines(steps: readonly PlannedStep[], limit = MEANINGS): Leaf[] {
  const people = affectedUsers(steps);
  const changes = steps.flatMap((step) => step.changes);
  const meanings = unique(steps.map((step) => step.meaning));
  const notes = unique(changes.flatMap((change) => change.notes ?? []));
  const reasons = unique(changes.flatMap((change) => (change.undo === true ? [] : [change.undo])));
  const left =
    Math.max(0, meanings.length - limit) +
    Math.max(0, notes.length - limit) +
    Math.max(0, reasons.length - REASONS);
  return [
    affectedLine(steps, people),
    ...meanings.slice(0, limit).map(sentence),
    ...notes.slice(0, limit).map(sentence),
    ...reasons.slice(0, REASONS).map((reason) => text`Cannot be undone: ${sentence(reason)}`),
    ...(left > 0 ? [andMore(left, 'consequence')] : []),
  ];
}

function affectedLine(steps: readonly PlannedStep[], count: number): Text {
  if (affectsPartners(steps)) {
    return text`This reaches ${counted(count, 'partner entry', 'partner entries')} following the default, and every tenant without an entry.`;
  }
  return count > 0 ? text`${counted(count, 'user')} will notice.` : text`No user notices anything yet.`;
}

/** A default reaches partner entries; every other change reaches users. */
export function affectsPartners(steps: readonly PlannedStep[]): boolean {
  return steps.some((step) => step.name === 'default-policy');
}

/** Revision, digest, requester with tenant, when it was made, when it ends. */
export function planFooter(record: PlanRecord, link: Link, timeZone?: string): Leaf[] {
  const { requester } = record.content;
  const home = [link.source, link.target].find((tenant) => tenant.tenantId === requester.tenantId);
  return [
    text`asked by ${requester.displayName}${home ? text` (${home.displayName})` : ''}`,
    text`made ${when(record.createdAt, timeZone)}`,
    isOpen(record) && record.expiresAt ? text`expires ${when(record.expiresAt, timeZone)}` : '',
    text`tier ${record.tier}`,
    text`revision ${record.revision}`,
    text`digest ${record.digest.slice(0, 8)}`,
  ];
}

export function isOpen(record: PlanRecord): boolean {
  return record.state === 'draft' || record.state === 'submitted';
}

/** Steps in order with their number and title, under the name of their tenant; their values stay out. */
export function stepRows(record: PlanRecord, link: Link, steps: readonly PlannedStep[]): View[] {
  return steps.map((step, index) => ({
    place: placeOf(link, step, steps[index - 1]),
    number: ordinal(record, step),
    title: name(step.title, TITLE_LIMIT),
  }));
}

/** "In Beta (target)" where the tenant is another one than for the step before; empty otherwise. */
export function placeOf(link: Link, step: PlannedStep, before: PlannedStep | undefined): Leaf {
  return before?.tenantId === step.tenantId
    ? ''
    : text`In ${tenantOf(link, step.tenantId).displayName}${isOneTenant(link) ? '' : text` (${step.side})`}`;
}

/** "3." as text, not as the beginning of a Markdown list. */
export function ordinal(record: PlanRecord, step: PlannedStep): Text {
  return text`${record.content.steps.indexOf(step) + 1}${'.'}`;
}

function unique(lines: readonly string[]): string[] {
  return [...new Set(lines.filter((line) => line !== ''))];
}

const MEANINGS = 12;
const REASONS = 3;
