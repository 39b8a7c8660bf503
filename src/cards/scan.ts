import type { Link } from '../plan/types';
import type { SmsClass, SmsFinding, SmsScan } from '../scans';
import type { AdaptiveCard } from '../store/ports';
import { type Button, commandButton, showButton } from './buttons';
import { fit, type Frame, render, type View } from './render';
import { classWords, classRows } from './scan-classes';
import { causeOf, notesOf } from './scan-notes';
import { choiceName, sentence, text, type Text } from './text';
import { distance, when } from './when';
import { andMore, counted, linkName, linkTitle, title } from './words';

export interface ScanView {
  readonly link: Link;
  readonly scan: SmsScan;
  /** ISO 8601. */
  readonly scannedAt: string;
  readonly now: Date;
  /** 1, 2…: a page of the list alone; null for the whole card with the first rows. */
  readonly page: number | null;
  /** Why only counts are shown: names are for personal chats, and for people of the source; null shows them. */
  readonly whyNoNames: string | null;
  /** Whether [Plan a fix…] is offered. */
  readonly canPlan: boolean;
  /** Who may plan, when the person may not. */
  readonly whoMayPlan: string | null;
  readonly timeZone?: string;
}

/** Rows of one page of the list, and of the first card. */
export const [pageRows, firstRows] = [12, 5];

/** Who is skipped because of SMS sign-in, in which classes, why it comes back, and what to do. */
export function scanCard(view: ScanView): AdaptiveCard {
  const { scan, link, page } = view;
  const skipped = scan.findings.filter(isSkipped).length;
  const pages = Math.max(1, Math.ceil(scan.findings.length / pageRows));
  const frame: Frame = {
    kind: page === null ? text`Scan for SMS sign-in` : text`SMS sign-in, page ${page} of ${pages}`,
    title: linkTitle(link),
    state: skipped > 0 ? text`${skipped} found` : scan.notAsked > 0 ? 'Not finished' : 'Nothing found',
    style: skipped > 0 ? 'warning' : scan.notAsked > 0 ? 'accent' : 'good',
    sentence: sentenceOf(view, skipped),
    footer: [
      text`scanned ${when(view.scannedAt, view.timeZone)}, ${distance(view.scannedAt, view.now)}`,
      text`phone numbers are never shown whole`,
    ],
  };
  return fit((limit) => drawn(view, frame, limit, pages));
}

function drawn(view: ScanView, frame: Frame, limit: number, pages: number): AdaptiveCard {
  const { scan, page } = view;
  const from = page === null ? 0 : (page - 1) * pageRows;
  const most = Math.min(limit, page === null ? firstRows : pageRows);
  const shown = view.whyNoNames === null ? scan.findings.slice(from, from + most) : [];
  const facts: View = {
    classes: page === null ? classRows(scan) : [],
    cause: page === null ? causeOf(view.link, scan) : '',
    notes: page === null ? notesOf(view.link, scan).map((line) => ({ line })) : [],
    rows: shown.map(rowOf),
    more: moreOf(view, shown.length, from),
    whoMay: view.whoMayPlan ? text`Who may plan a fix: ${sentence(view.whoMayPlan)}` : '',
  };
  return render('scan', frame, facts, { buttons: buttonsOf(view, shown, pages) });
}

function sentenceOf({ scan, link }: ScanView, skipped: number): Text {
  const { scope } = scan;
  const scoped =
    scope.kind === 'assigned'
      ? text`${counted(scope.users, 'user')} of ${link.source.displayName} in scope`
      : text`Nobody is assigned yet, so all ${counted(scope.users, 'member')} of ${link.source.displayName} were looked at`;
  const rest = scope.isComplete ? '' : text` (there are more)`;
  if (skipped === 0) {
    const open = scan.notAsked > 0 ? text` so far` : '';
    return text`${scoped}${rest}; nobody${open} is kept out by SMS sign-in.`;
  }
  const are = skipped === 1 ? text`1 signs in by SMS and is` : text`${skipped} sign in by SMS and are`;
  return text`${scoped}${rest}; **${are} skipped** by synchronization into ${link.target.displayName}.`;
}

export function isSkipped({ class: one }: SmsFinding): boolean {
  return one !== 'not-unique' && one !== 'other';
}

function rowOf(finding: SmsFinding): View {
  const number = finding.maskedNumber === null ? '' : text`${finding.maskedNumber}, `;
  return {
    user: finding.displayName,
    account: finding.userPrincipalName ?? finding.userId,
    word: classWords[finding.class].short,
    state: text`${number}SMS sign-in ${finding.state || 'without a state'}`,
  };
}

function moreOf({ scan, whyNoNames, page }: ScanView, shown: number, from: number) {
  if (whyNoNames !== null) return scan.findings.length > 0 ? sentence(whyNoNames) : '';
  if (page !== null && shown === 0) return text`There is no such page.`;
  return andMore(scan.findings.length - from - shown, 'user');
}

function buttonsOf(view: ScanView, shown: readonly SmsFinding[], pages: number): Button[] {
  const { scan, link, page, canPlan } = view;
  const hasNames = view.whyNoNames === null;
  const line = `scan sms ${linkName(link)}`;
  const next = page === null ? 1 : page + 1;
  const hasNext = page === null ? scan.findings.length > shown.length : page < pages;
  const list = page === null ? 'List all users' : 'Next page';
  return [
    ...(canPlan ? fixButton(link, shown) : []),
    ...(scan.notAsked > 0
      ? [commandButton(title(text`Ask about ${scan.notAsked} more`), `${line} --more`)]
      : []),
    ...(hasNames && hasNext ? [commandButton(list, `${line} --page ${next}`)] : []),
    ...(page !== null && page > 1 ? [commandButton('Previous page', `${line} --page ${page - 1}`)] : []),
    commandButton('Scan again', line),
  ];
}

const fixable: readonly SmsClass[] = ['safe', 'administrator', 'unclear', 'locked-out'];

/** One user at a time, chosen from those on the card. */
function fixButton(link: Link, shown: readonly SmsFinding[]): Button[] {
  const users = shown.filter((finding) => fixable.includes(finding.class));
  if (users.length === 0) return [];
  const safeFirst = users.toSorted((a, b) => fixable.indexOf(a.class) - fixable.indexOf(b.class));
  const input = {
    type: 'Input.ChoiceSet',
    id: 'user',
    label: `Turn SMS sign-in off for`,
    isRequired: true,
    errorMessage: 'Choose one user.',
    value: safeFirst[0]?.userId ?? '',
    choices: safeFirst.map((finding) => ({
      title: `${choiceName(finding.displayName, 'user without a name')}, ${classWords[finding.class].short}`,
      value: finding.userId,
    })),
  };
  const press = commandButton('Plan fix', `fix sms ${linkName(link)}`, {
    style: 'positive',
    usesInputs: true,
  });
  return [showButton('Plan a fix…', [input], [press])];
}
