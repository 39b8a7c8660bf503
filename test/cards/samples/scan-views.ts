import { scanCard } from '../../../src/cards/scan';
import type { SmsClass, SmsFinding, SmsScan } from '../../../src/scans';
import type { Cast } from './cast';
import type { Maker, SampleMaker } from './sample';
import { at, times } from './times';

const classes: readonly SmsClass[] = [
  'safe',
  'locked-out',
  'administrator',
  'not-unique',
  'unclear',
  'other',
];

function finding(cast: Cast, index: number, count: number): SmsFinding {
  // Most are safe, as in life.
  const odd = count > 20 && index % 10 !== 0 ? 'safe' : (classes[index % classes.length] as SmsClass);
  const state = odd === 'not-unique' ? 'phoneNumberNotUnique' : odd === 'other' ? 'somethingNew' : 'ready';
  return {
    userId: `${String(index).padStart(8, '0')}-eeee-4eee-8eee-666666666666`,
    displayName: cast.user.displayName,
    userPrincipalName: cast.user.userPrincipalName,
    class: odd,
    state,
    maskedNumber: '+•• ••• ••87',
  };
}

function scan(cast: Cast, count: number, rest: Partial<SmsScan> = {}): SmsScan {
  return {
    scope: { kind: 'assigned', users: count + 3_808, isComplete: true },
    policy: {
      outcome: 'read',
      targets: [{ id: cast.requester.objectId, name: cast.group, isEverybody: false }],
      excluded: 3_400,
    },
    report: { outcome: 'read', excluded: 96 },
    asked: count + 312,
    unread: 0,
    off: 312,
    notAsked: 0,
    lastAskedId: null,
    findings: times(count, (index) => finding(cast, index, count)),
    ...rest,
  };
}

const draw =
  (view: Partial<Parameters<typeof scanCard>[0]> = {}, rest: Partial<SmsScan> = {}): SampleMaker =>
  (cast, count) =>
    scanCard({
      link: cast.link,
      scan: scan(cast, count, rest),
      scannedAt: at,
      now: new Date('2026-11-23T12:30:00Z'),
      page: null,
      whyNoNames: null,
      canPlan: true,
      whoMayPlan: null,
      ...view,
    });

/** What scans found. */
export const scanMakers: readonly Maker[] = [
  { card: 'scan', of: '', draw: draw() },
  { card: 'scan', of: 'page', draw: draw({ page: 1 }) },
  {
    card: 'scan',
    of: 'channel',
    draw: draw({
      whyNoNames: 'Names are shown in your chat with me.',
      canPlan: false,
      whoMayPlan: 'Authentication Administrators of Contoso',
    }),
  },
  {
    card: 'scan',
    of: 'unreadable',
    draw: draw(
      {},
      {
        scope: { kind: 'everybody', users: 10_000, isComplete: false },
        policy: { outcome: 'unread', reason: 'the permission for it is missing' },
        report: { outcome: 'unread', reason: 'the tenant has no Entra ID P1' },
        unread: 2,
        notAsked: 3_120,
        lastAskedId: 'x',
      },
    ),
  },
];
