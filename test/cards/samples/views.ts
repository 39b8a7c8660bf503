import { alreadyCard } from '../../../src/cards/already';
import { checkCard, type CheckLine } from '../../../src/cards/check';
import { commandHelpCard } from '../../../src/cards/command-help';
import { connectCard } from '../../../src/cards/connect';
import { emptyCard } from '../../../src/cards/empty';
import { errorCard } from '../../../src/cards/error';
import { helpCard } from '../../../src/cards/help';
import { historyCard } from '../../../src/cards/history';
import { invitationCard } from '../../../src/cards/invitation';
import { linksCard } from '../../../src/cards/links';
import { pendingCard } from '../../../src/cards/pending';
import { planEditCard } from '../../../src/cards/plan-edit';
import { policyCard } from '../../../src/cards/policy';
import { refusedCard } from '../../../src/cards/refused';
import { statusCard, type StatusView } from '../../../src/cards/status';
import { tenantsCard } from '../../../src/cards/tenants';
import { tryCard } from '../../../src/cards/try';
import { unknownCommandCard } from '../../../src/cards/unknown-command';
import { verifyCard } from '../../../src/cards/verify';
import { welcomeCard } from '../../../src/cards/welcome';
import { whoamiCard } from '../../../src/cards/whoami';
import { workingCard } from '../../../src/cards/working';
import type { Cast } from './cast';
import type { SampleMaker } from './sample';

const at = '2026-11-23T10:20:00Z';
const later = '2026-11-24T10:20:00Z';
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

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

const connect =
  (isGranted: boolean): SampleMaker =>
  (cast, count) =>
    connectCard({
      tenant: cast.link.source,
      packs: [
        {
          name: 'Read',
          isRequired: true,
          state: isGranted ? 'granted' : 'missing',
          consentUrl: 'https://login.example/adminconsent?pack=read',
          permissions: [
            { name: 'Policy.Read.All', why: 'reads access settings', isGranted },
            { name: 'User.Read.All', why: 'finds users', isGranted },
            { name: 'AuditLog.Read.All', why: 'reads provisioning logs', isGranted },
          ],
        },
        {
          name: 'Write',
          isRequired: false,
          state: 'missing',
          consentUrl: 'https://login.example/adminconsent?pack=write',
          permissions: [
            { name: 'Policy.ReadWrite.CrossTenantAccess', why: 'sets the three switches', isGranted: false },
            { name: 'Synchronization.ReadWrite.All', why: 'creates and starts the job', isGranted: false },
          ],
        },
        {
          name: 'Phone fix',
          isRequired: false,
          state: 'unknown',
          consentUrl: null,
          permissions: [
            {
              name: 'UserAuthenticationMethod.ReadWrite.All',
              why: 'switches SMS sign-in off',
              isGranted: null,
            },
          ],
        },
      ],
      probes: {
        passed: isGranted ? 9 : 2,
        total: 9,
        faults: isGranted
          ? []
          : times(Math.min(count, 9), () => ({ name: 'Provisioning logs', reason: cast.words })),
      },
      consentFault: null,
      expiresAt: later,
    });

const whoami =
  (rest: Partial<Parameters<typeof whoamiCard>[0]> = {}): SampleMaker =>
  (cast, count) =>
    whoamiCard({
      person: cast.requester,
      userPrincipalName: cast.user.userPrincipalName,
      tenant: cast.link.source,
      roles: times(
        Math.min(count, 4),
        (index) =>
          [
            'Hybrid Identity Administrator',
            'Cloud Application Administrator',
            'Security Administrator',
            'Global Reader',
          ][index] ?? '',
      ),
      eligibleRoles: count === 1 ? ['Security Administrator'] : [],
      unreadable: null,
      authority: [
        {
          scope: cast.link.source.displayName,
          may: count === 0 ? [] : ['read', 'ask for changes', 'approve other people’s plans'],
          missing: count === 0 ? 'Security Administrator' : null,
        },
        {
          scope: cast.link.target.displayName,
          may: [],
          missing: `a role in ${cast.link.target.displayName}`,
        },
      ],
      suggestions: ['tenants', 'check con>fab'],
      ...rest,
    });

/** Every card that is not about one plan, by template and by what it shows. */
export const viewMakers: readonly {
  readonly card: string;
  readonly of: string;
  readonly draw: SampleMaker;
}[] = [
  {
    card: 'help',
    of: '',
    draw: (cast, count) =>
      helpCard({
        groups: ['Start', 'Look', 'Change', 'Decide'].map((title) => ({
          title,
          commands: times(Math.min(count, 6), () => ({
            usage: 'setup <link> [--users list]',
            summary: `Guided set-up for ${cast.link.source.displayName}, resumable`,
          })),
        })),
        suggestions: ['whoami', 'tenants', 'check con>fab'],
      }),
  },
  {
    card: 'command-help',
    of: '',
    draw: (cast, count) =>
      commandHelpCard({
        name: 'setup',
        aliases: ['step4'],
        usage: 'setup <link> [--users list] [--type member|guest] [--guard n] [--mail address]',
        summary: 'Plans the whole guide as one list of changes, and goes on where it stopped.',
        details: `It only adds: nobody is unassigned or deleted. ${cast.words}`,
        tier: count === 1 ? 'R' : 'T2',
        who: 'People with a role that may change one of the two tenants',
        options: times(Math.min(count, 4), (index) => ({
          usage: ['--users list', '--type member|guest', '--guard n', '--mail address'][index] ?? '',
          summary: 'What it does in a few words',
        })),
        examples: times(Math.min(count, 2), () => 'setup con>fab --users group:Pilot'),
      }),
  },
  {
    card: 'welcome',
    of: '',
    draw: (cast) =>
      welcomeCard({
        personName: cast.requester.displayName,
        tenantName: cast.link.source.displayName,
        suggestions: ['help', 'whoami', 'connect con'],
      }),
  },
  { card: 'whoami', of: '', draw: whoami() },
  {
    card: 'whoami',
    of: 'unreadable',
    draw: whoami({
      roles: null,
      unreadable: {
        reason: 'Roles cannot be read: Contoso has not consented to Read.',
        remedy: 'Run connect con.',
      },
    }),
  },
  {
    card: 'tenants',
    of: '',
    draw: (cast, count) =>
      tenantsCard({
        tenants: times(count, (index) => ({
          tenant: index % 2 === 0 ? cast.link.source : cast.link.target,
          isOwn: index === 0,
          packs:
            index === 2
              ? []
              : [
                  { name: 'Read', state: 'granted' },
                  { name: 'Write', state: index === 0 ? 'granted' : 'missing' },
                  { name: 'Phone fix', state: 'unknown' },
                ],
        })),
      }),
  },
  {
    card: 'links',
    of: '',
    draw: (cast, count) =>
      linksCard({
        links: times(count, (index) => ({
          link: cast.link,
          state: index === 1 ? 'Quarantined' : 'Healthy',
          health: index === 1 ? 'attention' : 'good',
          detail: 'Last cycle 3 min ago: 11 created, 1 skipped.',
        })),
        firstLink: cast.link,
      }),
  },
  { card: 'connect', of: 'needed', draw: connect(false) },
  { card: 'connect', of: 'granted', draw: connect(true) },
  {
    card: 'invitation',
    of: '',
    draw: (cast) =>
      invitationCard({
        tenant: cast.link.target,
        code: 'F-7K2',
        expiresAt: later,
        timeZone: 'Europe/Berlin',
      }),
  },
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
            target: { value: 'off', origin: 'not set', isBlocking: true },
          },
          {
            title: 'Automatic redemption',
            meaning: 'users are not asked; needed on both sides',
            source: { value: 'off', origin: 'inherited', isBlocking: true },
            target: { value: 'on', origin: 'partner', isBlocking: false },
          },
          {
            title: 'Inbound trust',
            meaning: 'the target accepts MFA and devices of the source; not needed for synchronization',
            source: null,
            target: { value: 'MFA off, devices off', origin: 'default', isBlocking: false },
          },
        ],
        others: times(count, () => ({
          title: 'Guest invitations',
          meaning: '',
          source: null,
          target: { value: 'everyone', origin: 'default', isBlocking: false },
        })),
        sourceHasPartner: false,
        targetHasPartner: count > 0,
        raw:
          count === 1
            ? [
                {
                  side: 'target',
                  path: 'automaticUserConsentSettings.inboundAllowed',
                  value: '{"inboundAllowed":true}',
                },
              ]
            : [],
        readAt: at,
      }),
  },
  {
    card: 'plan-edit',
    of: '',
    draw: (cast, count) =>
      planEditCard({
        link: cast.link,
        planId: count === 0 ? null : 'PL-0031',
        users: count === 0 ? '' : `group:${cast.group}`,
        userType: 'member',
        guard: count === 0 ? '' : '10',
        mail: count === 0 ? '' : 'ops@contoso.com',
      }),
  },
  {
    card: 'pending',
    of: '',
    draw: (cast, count) =>
      pendingCard({
        plans: times(count, (index) => ({
          id: `PL-00${31 + index}`,
          link: cast.link,
          title: 'Set up synchronization',
          requesterName: cast.requester.displayName,
          waitsFor: `Waiting for ${cast.link.target.displayName} (${cast.targetApprover.displayName}).`,
          expiresAt: later,
          canDecide: index === 1,
        })),
      }),
  },
  {
    card: 'history',
    of: '',
    draw: (cast, count) =>
      historyCard({
        total: count,
        plans: times(count, (index) => ({
          id: `PL-00${31 + index}`,
          link: cast.link,
          title: 'Set up synchronization',
          state: index === 1 ? 'rejected' : 'applied',
          requesterName: cast.requester.displayName,
          approverNames: [cast.targetApprover.displayName, cast.sourceApprover.displayName],
          at,
        })),
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
          { name: 'Import', status: 'success', outcome: 'read from the source', detail: '' },
          {
            name: 'Scope',
            status: 'skipped',
            outcome: 'not in scope',
            detail: 'Filter external users.alternativeSecurityIds EQUALS None = false',
          },
        ],
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
        reason: 'TooManyDeletes: one cycle wanted to delete 412 users, the guard is 40. Nothing was deleted.',
        since: '2026-11-23T03:02:00Z',
        nextAttemptAt: '2026-11-23T15:02:00Z',
        remedy: 'Find out why so many left the scope, and put the scope right.',
      },
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
          mapping: 'direct',
        })),
        readAt: at,
      }),
  },
  {
    card: 'working',
    of: '',
    draw: (cast, count) =>
      workingCard({
        title: `Checking ${cast.link.source.displayName} → ${cast.link.target.displayName}`,
        sentence: 'Reading both tenants; this takes up to ten seconds.',
        progress: count === 0 ? null : { done: Math.min(count, 7), total: Math.max(count, 16) },
        since: at,
      }),
  },
  {
    card: 'refused',
    of: '',
    draw: (cast, count) =>
      refusedCard({
        what: 'start con>fab',
        reason: `You hold no role in ${cast.link.source.displayName} that may change this.`,
        whoMay: `A Hybrid Identity Administrator of ${cast.link.source.displayName}, for example ${cast.requester.displayName}.`,
        eligibleRoles: count === 1 ? ['Security Administrator'] : [],
        suggestions: ['whoami'],
      }),
  },
  {
    card: 'error',
    of: '',
    draw: (cast) =>
      errorCard({
        code: 'graph-refused',
        doing: `reading the partner entry for ${cast.link.source.displayName}`,
        remedy: 'Ask a Security Administrator to run connect again.',
        graphCode: 'Authorization_RequestDenied',
        requestId: '99999999-0000-4000-8000-000000000001',
        correlationId: 'c-01',
        retryCommand: 'check con>fab',
      }),
  },
  {
    card: 'empty',
    of: '',
    draw: (cast) =>
      emptyCard({
        title: 'Set up',
        sentence: 'Nothing is left to do.',
        nextStep: `${cast.link.source.displayName} and ${cast.link.target.displayName} are set up as you asked. Start synchronization, or try one user first.`,
        suggestions: ['status con>fab', 'start con>fab'],
      }),
  },
  {
    card: 'unknown-command',
    of: '',
    draw: (cast, count) =>
      unknownCommandCard({
        typed: `statsu ${cast.user.displayName}`,
        fault: count === 1 ? 'Say which link: source>target.' : null,
        usage: count === 1 ? 'status [link|all]' : null,
        nearest: times(Math.min(count, 3), (index) => ({
          command: ['status con>fab', 'start ?', 'setup ?'][index] ?? '',
          summary: 'Job state, last and next cycle, counts',
        })),
      }),
  },
  {
    card: 'already',
    of: '',
    draw: (cast, count) =>
      alreadyCard({
        planId: 'PL-0031',
        link: count === 0 ? null : cast.link,
        state: 'applied',
        sentence: `${cast.targetApprover.displayName} approved it at 10:04 UTC, and it ran.`,
      }),
  },
];
