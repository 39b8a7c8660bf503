import type { SmsClass, SmsScan } from '../scans';
import type { View } from './render';
import { text, type Text } from './text';

interface ClassWords {
  /** In the list: "safe to fix". */
  readonly short: string;
  /** After its count: "can be fixed safely". */
  readonly word: string;
  readonly meaning: Text;
  readonly colour: 'Attention' | 'Warning' | 'Default';
}

/** What each class is for people who have never seen it. */
export const classWords: Readonly<Record<SmsClass, ClassWords>> = {
  safe: {
    short: 'safe to fix',
    word: 'can be fixed safely',
    meaning: text`Another sign-in method is registered. Turning SMS sign-in off keeps the number.`,
    colour: 'Warning',
  },
  'locked-out': {
    short: 'would be locked out',
    word: 'would be locked out by the fix',
    meaning: text`At most a password would be left. Let them register another method first.`,
    colour: 'Attention',
  },
  administrator: {
    short: 'administrator',
    word: 'with an administrator role',
    meaning: text`A fix takes two approvers who hold the role Privileged Authentication Administrator.`,
    colour: 'Attention',
  },
  unclear: {
    short: 'other methods not readable',
    word: 'whose other methods could not be read',
    meaning: text`The fix looks again and refuses when nothing else is registered.`,
    colour: 'Warning',
  },
  'not-unique': {
    short: 'number not unique',
    word: 'with a number that is not unique',
    meaning: text`Not skipped: SMS sign-in is off, because another user signs in with the same number (phoneNumberNotUnique).`,
    colour: 'Default',
  },
  other: {
    short: 'unknown state',
    word: 'in a state that I do not know',
    meaning: text`Shown as Microsoft Graph names it; not counted as skipped.`,
    colour: 'Default',
  },
};

const order: readonly SmsClass[] = ['safe', 'locked-out', 'administrator', 'unclear', 'not-unique', 'other'];

/** Counts by class, only those that occur. */
export function classRows(scan: SmsScan): View[] {
  return order.flatMap((one) => {
    const count = scan.findings.filter((finding) => finding.class === one).length;
    const { word, meaning, colour } = classWords[one];
    return count === 0 ? [] : [{ count, word, meaning, colour }];
  });
}
