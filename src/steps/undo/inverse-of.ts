import type { PlanSubject, UndoPart } from '../../plan/subject';
import type { Change, FieldChange, JsonValue, PlanContent, PlannedStep, StepName } from '../../plan/types';
import { trustMembers } from '../inbound-trust';
import { notReadable } from '../secret-set';
import { smsField } from './sms-sign-in-on-step';

/** One change that an earlier plan made and read back, with what it found before it wrote. */
export interface Done {
  readonly content: PlanContent;
  readonly step: PlannedStep;
  readonly change: Change;
  /** The before-image of the write. */
  readonly fields: readonly FieldChange[];
  /** Names what is kept encrypted; `null` when nothing is, or not any more. */
  readonly image: string | null;
}

/** How one part of a change is taken back. */
export interface Reversal {
  readonly part: UndoPart;
  /** "Automatic redemption with Alpha". */
  readonly title: string;
  readonly tenantId: string;
  /** Which change of the step it is, where the step makes several. */
  readonly principalId?: string;
  /** What we left, as the step that takes it back names and reads it: anything else there now is not ours. */
  readonly left: Readonly<Record<string, JsonValue>>;
  /** Nothing but these fields may differ: the step writes more than them. */
  readonly isWhole?: boolean;
}

/** The ways back, or the reason why there is none. */
export type Inverse = readonly Reversal[] | string;

const nameless = { command: '', displayName: '' } as const;

const madeWithIt = 'It came with the configuration, which stays; by itself it synchronizes nobody.';

/** How a change is taken back; `true` in `Change.undo` says that there is a way (test/plan/undo.test.ts goes each of them). */
export function inverseOf(done: Done): Inverse {
  const { change, step } = done;
  if (change.undo !== true) return change.undo;
  switch (step.name) {
    case 'inbound-sync':
    case 'redemption-inbound':
    case 'redemption-outbound':
      return done.fields.map(({ field, before, after }) =>
        reversal(done, step.name, switchTo(before === true), { [field]: after }),
      );
    case 'inbound-trust':
    case 'trust-inherited':
      return trustBack(done);
    case 'assignments':
    case 'assign-principals':
      return assignmentBack(done, 'unassign-principals');
    case 'unassign-principals':
      return assignmentBack(done, 'assign-principals');
    case 'secrets':
      return isMadeHere(done, 'configuration') ? madeWithIt : settingsBack(done);
    case 'deletion-guard':
    case 'notification-mail':
    case 'settings-restored':
      return settingsBack(done);
    case 'scope-switch':
      return switchBack(done);
    case 'scope-filter':
      return filterBack(done);
    case 'mapping':
    case 'attribute-mapping':
      return mappingBack(done);
    default:
      return singleBack(done);
  }
}

function singleBack(done: Done): Inverse {
  const subject = subjectOfStep(done);
  const [first] = done.fields;
  switch (done.step.name) {
    case 'default-policy':
      if (subject?.type !== 'default' || !first) return noWay;
      return [
        {
          ...reversal(done, 'default-policy', { ...subject, value: first.before }, {}),
          left: { [first.field]: first.after },
          isWhole: true,
        },
      ];
    case 'start-job':
      return [reversal(done, 'pause-job', switchTo(false), { 'schedule.state': 'Active' })];
    case 'pause-job':
      return [reversal(done, 'start-job', switchTo(true), {})];
    case 'sms-sign-in-off':
    case 'sms-sign-in-off-administrator':
      if (subject?.type !== 'user') return noWay;
      return [reversal(done, 'sms-sign-in-on', plainUser(subject), { [smsField]: 'notEnabled' })];
    case 'sms-sign-in-on':
    case 'sms-sign-in-on-administrator':
      if (subject?.type !== 'user') return noWay;
      return [reversal(done, 'sms-sign-in-off', plainUser(subject), { [smsField]: 'ready' })];
    case 'phone-removal':
    case 'phone-removal-administrator':
      if (subject?.type !== 'user') return noWay;
      if (done.image === null) return noNumber;
      return [reversal(done, 'phone-return', { ...plainUser(subject), image: done.image }, {})];
    default:
      return noWay;
  }
}

const noNumber =
  'The number is not kept: Graph did not show it, or it is more than 30 days ago. The user can register the phone again.';
const noWay = 'No way back is known for it.';

/** An entry that had no trust of its own follows the default again. */
function trustBack(done: Done): Inverse {
  const claims = (Object.keys(trustMembers) as (keyof typeof trustMembers)[]).flatMap((claim) => {
    const field = done.fields.find((one) => one.field === `inboundTrust.${trustMembers[claim]}`);
    return field ? [{ claim, ...field }] : [];
  });
  const block = done.fields.find(({ field }) => field === 'inboundTrust');
  if (block && done.step.name === 'inbound-trust') {
    const left = Object.fromEntries(claims.map(({ field, after }) => [field, after]));
    const whole = { ...left, inboundTrust: 'set for this partner' };
    return [{ ...reversal(done, 'trust-inherited', switchTo(false), whole), isWhole: true }];
  }
  const groups = [true, false].map((isOn) => claims.filter(({ before }) => before === isOn));
  const [on = [], off = []] = groups;
  // One write can only go one way: what was mixed before is put back by hand.
  if (on.length > 0 && off.length > 0) return 'Several claims stood differently before; set each with trust.';
  return claims.map(({ claim, field, before, after }) =>
    reversal(done, 'inbound-trust', { ...switchTo(before === true), claims: [claim] }, { [field]: after }),
  );
}

function assignmentBack(done: Done, step: 'assign-principals' | 'unassign-principals'): Inverse {
  const principalId = String(done.change.parameters['principalId'] ?? '');
  const subject = subjectOfStep(done);
  const known = [
    ...(subject?.type === 'assignments' ? subject.assignments : []),
    ...(done.content.desired?.assignments ?? []),
  ].find((one) => one.principalId.toLowerCase() === principalId.toLowerCase());
  if (!known) return noWay;
  const { displayName } = known;
  const assignments = { ...nameless, displayName, type: 'assignments' as const, assignments: [known] };
  return [{ ...reversal(done, step, assignments, {}), principalId: principalId.toLowerCase() }];
}

const prefix = 'SyncNotificationSettings.';

/** A switch that was not there before counts as off; a number or an address behind a switch that is off says nothing. */
function settingsBack(done: Done): Inverse {
  const fields = done.fields.filter(({ field }) => field.startsWith(prefix));
  if (fields.some(({ before }) => before === notReadable)) {
    return 'Microsoft does not show what was saved before, so it cannot be put back.';
  }
  const ways = fields.flatMap(({ field, before, after }) => {
    const member = field.slice(prefix.length);
    const isSwitch = member === 'Enabled' || member === 'DeleteThresholdEnabled';
    if (before === 'absent' && !isSwitch) return [];
    const members = { [member]: before === 'absent' ? false : before };
    return [
      reversal(done, 'settings-restored', { ...nameless, type: 'settings', members }, { [field]: after }),
    ];
  });
  return ways.length > 0 ? ways : madeWithIt;
}

function switchBack(done: Done): Inverse {
  const field = done.fields.find((one) => one.field === 'SyncAll');
  if (!field || field.before === notReadable) {
    return 'Microsoft does not show who was in scope before, so it cannot be put back.';
  }
  const who = field.before === 'true' ? 'all' : 'assigned';
  return [
    reversal(
      done,
      'scope-switch',
      { ...nameless, type: 'scope', who, filter: null },
      { SyncAll: field.after },
    ),
  ];
}

function filterBack(done: Done): Inverse {
  const field = done.fields.find((one) => one.field === 'scoping filter');
  const subject = subjectOfStep(done);
  const { image } = done.change;
  if (!field || !Array.isArray(image) || subject?.type !== 'scope') return noWay;
  const filter = image as unknown as Extract<PlanSubject, { type: 'scope' }>['filter'];
  return [reversal(done, 'scope-filter', { ...subject, filter }, { [field.field]: field.after })];
}

/** The set-up writes the bare word, everything else the expression: `Guest` and `"Guest"`. */
function mappingBack(done: Done): Inverse {
  const [field] = done.fields;
  if (!field) return noWay;
  const spelled = (value: JsonValue) =>
    done.step.name === 'mapping' ? `"${String(value)}"` : (value as string);
  const before = spelled(field.before);
  const source = field.before === 'absent' ? null : { type: typeOf(before), expression: before };
  const subject = { ...nameless, type: 'mapping' as const, attribute: field.field, source };
  return [reversal(done, 'attribute-mapping', subject, { [field.field]: spelled(field.after) })];
}

function typeOf(expression: string): 'Attribute' | 'Constant' | 'Function' {
  if (/^\[[^\]]*\]$/.test(expression)) return 'Attribute';
  return /^"[^"]*"$/.test(expression) ? 'Constant' : 'Function';
}

function reversal(
  { step, change }: Done,
  name: StepName,
  subject: UndoPart['subject'],
  left: Reversal['left'],
): Reversal {
  return { part: { step: name, subject }, title: change.title, tenantId: step.tenantId, left };
}

function switchTo(isOn: boolean): Extract<PlanSubject, { type: 'switch' }> {
  return { ...nameless, type: 'switch', isOn, claims: [] };
}

/** Accepting a lock-out was said of one direction only. */
function plainUser(subject: Extract<PlanSubject, { type: 'user' }>): Extract<PlanSubject, { type: 'user' }> {
  const { acceptsLockout: _said, ...user } = subject;
  return user;
}

/** Of an undo, what it told the step. */
function subjectOfStep({ content: { subject }, step }: Done): UndoPart['subject'] | null {
  if (subject?.type !== 'undo') return subject;
  const name = step.name.replace('-administrator', '');
  return subject.parts.find((part) => part.step === name)?.subject ?? null;
}

function isMadeHere({ content }: Done, name: StepName): boolean {
  return content.steps.some((step) => step.name === name);
}
