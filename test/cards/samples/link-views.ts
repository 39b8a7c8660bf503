import { checkCard, type CheckLine } from '../../../src/cards/check';
import { policyCard } from '../../../src/cards/policy';
import { statusCard, type StatusView } from '../../../src/cards/status';
import { tryCard } from '../../../src/cards/try';
import { verifyCard } from '../../../src/cards/verify';
import type { Cast } from './cast';
import type { Maker, SampleMaker } from './sample';
import { at, times } from './times';

const status =
  (state: StatusView['state'], rest: Partial<StatusView> = {}): SampleMaker =>
  (cast, count) =>
    statusCard({
      link: cast.link,
      state,
      lastCycle: {
        startedAt: '2026-11-23T10:00:00Z',
        endedAt: '2026-11-23T10:03:00Z',
        counts: { created: 11 * count, updated: 2, deleted: 0, skipped: count, failed: 0 },
      },
      nextCycleAt: '2026-11-23T10:40:00Z',
      intervalMinutes: 40,
      assignedUsers: 12,
      quarantine: null,
      failures: times(count, () => ({
        user: cast.user.displayName,
        action: 'Skipped',
        reason: 'SMS sign-in is on, so the user counts as external.',
        remedy: 'Switch SMS sign-in off; the number stays for MFA.',
      })),
      heldBack: 0,
      progress: null,
      isFirstCycle: false,
      cycleFailure: null,
      next: [],
      canChange: true,
      whoMayChange: null,
      readAt: at,
      timeZone: 'Europe/Berlin',
      ...rest,
    });

const stops: CheckLine['verdict'][] = ['stop', 'warn', 'unknown'];

const checkLines = (cast: Cast, count: number): CheckLine[] => [
  ...times(count, (index) => ({
    verdict: stops[index % 3] ?? 'warn',
    title: ['Automatic redemption, outbound', 'Deletion guard', 'Licences'][index % 3] ?? '',
    tenant: cast.link.source,
    side: 'source' as const,
    current: ['off', '500 users', 'not readable'][index % 3] ?? '',
    needed: ['on', 'at most 12 users', 'Entra ID P1'][index % 3] ?? '',
    role: 'Security Administrator',
    remedy: `Run setup, or ask ${cast.sourceApprover.displayName}.`,
  })),
  ...times(Math.max(5, Math.min(count, 200)), (index) => ({
    verdict: 'pass' as const,
    title:
      ['Read consent', 'Write consent', 'Guest invitations', 'Licences', 'Duplicate mail addresses'][
        index % 5
      ] ?? '',
    tenant: cast.link.target,
    side: 'target' as const,
    current: 'as needed',
    needed: 'as needed',
    role: null,
    remedy: null,
  })),
];

/** What is known of one link or one user. */
export const linkMakers: readonly Maker[] = [
  {
    card: 'check',
    of: '',
    draw: (cast, count) =>
      checkCard({
        link: cast.link,
        lines: checkLines(cast, count),
        canPlan: count !== 1,
        whoMayPlan: count === 1 ? 'a Security Administrator of either tenant' : null,
        checkedAt: at,
      }),
  },
  {
    card: 'policy',
    of: '',
    draw: (cast, count) =>
      policyCard({
        link: cast.link,
        switches: [
          {
            title: 'Identity synchronization',
            meaning: 'the target lets the source create and change users',
            source: null,
            target: {
              value: 'off',
              origin: 'not set',
              byDefault: 'off',
              byPartner: 'no entry',
              isBlocking: true,
            },
          },
          {
            title: 'Automatic redemption',
            meaning: 'users are not asked; needed on both sides',
            source: {
              value: 'off',
              origin: 'inherited',
              byDefault: 'off',
              byPartner: 'inherits',
              isBlocking: true,
            },
            target: { value: 'on', origin: 'partner', byDefault: 'off', byPartner: 'on', isBlocking: false },
          },
          {
            title: 'Inbound trust',
            meaning: 'the target accepts MFA and devices of the source; not needed for synchronization',
            source: null,
            target: {
              value: 'MFA off, devices off',
              origin: 'default',
              byDefault: 'off',
              byPartner: 'inherits',
              isBlocking: false,
            },
          },
        ],
        others: times(count, () => ({
          title: 'Guest invitations',
          meaning: '',
          source: null,
          target: {
            value: 'everyone',
            origin: 'default',
            byDefault: null,
            byPartner: null,
            isBlocking: false,
          },
        })),
        fixes: count === 0 ? [] : ['setup con>fab'],
        sourceHasPartner: false,
        targetHasPartner: count > 0,
        raw: times(count, (index) => ({
          side: index % 2 === 0 ? ('target' as const) : ('source' as const),
          path: index % 3 === 0 ? 'partner.automaticUserConsentSettings' : 'default.inboundTrust',
          value: '{"inboundAllowed":true}',
        })),
        readAt: at,
      }),
  },
  {
    card: 'try',
    of: 'skipped',
    draw: (cast, count) =>
      tryCard({
        link: cast.link,
        user: { userId: '66666666-eeee-4eee-8eee-666666666666', ...cast.user },

        verdict: 'Skipped',
        isGood: false,
        steps: [
          {
            name: 'Import',
            status: 'success',
            outcome: `Read from ${cast.link.source.displayName}.`,
            detail: '',
          },
          {
            name: 'Scoping',
            status: 'failure',
            outcome: 'Out of scope: SMS sign-in is on, and such users are left out.',
            detail: "Filter external users.alternativeSecurityIds EQUALS 'None' = false",
          },
          { name: 'Matching', status: 'none', outcome: 'Not reached.', detail: '' },
          { name: 'Action', status: 'skipped', outcome: 'Nothing was done.', detail: '' },
          { name: 'Attributes', status: 'none', outcome: 'None written.', detail: '' },
        ],
        code: null,
        hasSmsSignIn: true,
        attributes: times(count, (index) => ({ name: `extension${index}`, value: cast.user.displayName })),
        remedy: 'Switch SMS sign-in off for this user, then try again.',
        requestId: '99999999-0000-4000-8000-000000000001',
        planId: 'PL-0032',
        at,
      }),
  },
  { card: 'status', of: 'healthy', draw: status('idle') },
  {
    card: 'status',
    of: 'first',
    draw: status('running', {
      lastCycle: null,
      nextCycleAt: null,
      failures: [],
      isFirstCycle: true,
      progress: { done: 4, total: 12 },
    }),
  },
  {
    card: 'status',
    of: 'never',
    draw: status('never-started', { lastCycle: null, nextCycleAt: null, failures: [] }),
  },
  {
    card: 'status',
    of: 'none',
    draw: status('not-set-up', {
      lastCycle: null,
      nextCycleAt: null,
      intervalMinutes: null,
      assignedUsers: null,
      failures: [],
    }),
  },
  {
    card: 'status',
    of: 'quarantined',
    draw: status('quarantined', {
      canChange: false,
      whoMayChange: 'a Hybrid Identity Administrator of Contoso',
      quarantine: {
        reason: 'TooManyDeletes',
        cause:
          'More users would be deleted or disabled in one cycle than the deletion guard allows. They are staged, not deleted.',
        said: null,
        disabledAt: '2026-12-21T03:02:00Z',
        since: '2026-11-23T03:02:00Z',
        nextAttemptAt: '2026-11-23T15:02:00Z',
        remedy: 'Find out why so many left the scope, and put the scope right.',
      },
      heldBack: 412,
      nextCycleAt: null,
      next: ['logs con>fab --code StagedDelete'],
    }),
  },
  {
    card: 'verify',
    of: '',
    draw: (cast, count) =>
      verifyCard({
        link: cast.link,
        subject: cast.user.displayName,
        isEqual: count === 1,
        verdict:
          count === 0
            ? `${cast.user.displayName} does not exist in ${cast.link.target.displayName}.`
            : count === 1
              ? 'Found in both tenants; everything that is mapped is equal.'
              : 'Found in both tenants; 1 attribute differs.',
        remedy: count === 1 ? null : 'Try this user now, or wait for the next cycle.',
        source: {
          userPrincipalName: cast.user.userPrincipalName,
          objectId: '66666666-eeee-4eee-8eee-666666666666',
          userType: 'Member',
        },
        target:
          count === 0
            ? null
            : {
                userPrincipalName: 'bob_contoso.com#EXT#@fabrikam.onmicrosoft.com',
                objectId: '77777777-eeee-4eee-8eee-777777777777',
                userType: 'Member',
              },
        rows: times(count, (index) => ({
          attribute: ['displayName', 'department', 'userType'][index % 3] ?? '',
          source: cast.user.displayName,
          target: index === 1 ? '' : cast.user.displayName,
          isEqual: index !== 1,
          mapping: index % 3 === 2 ? 'direct from [otherAttribute]' : 'direct',
          why: index === 1 ? 'Changed since the last cycle, or changed in the target.' : '',
        })),
        signIn: [
          'mobile +•• ••• ••87: SMS sign-in off (notEnabled).',
          'Besides phones: Microsoft Authenticator, password.',
          ...times(
            Math.min(count, 2),
            () => `PL-0040 changed: smsSignInState ready → notEnabled, for ${cast.user.displayName}.`,
          ),
        ],
        tryCommand: 'try bob@contoso.com con>fab',
        readAt: at,
      }),
  },
];
