import { commandHelpCard } from '../../../src/cards/command-help';
import { connectCard } from '../../../src/cards/connect';
import { helpCard } from '../../../src/cards/help';
import { invitationCard } from '../../../src/cards/invitation';
import { linksCard } from '../../../src/cards/links';
import { tenantsCard } from '../../../src/cards/tenants';
import { welcomeCard } from '../../../src/cards/welcome';
import { whoamiCard } from '../../../src/cards/whoami';
import type { Maker, SampleMaker } from './sample';
import { later, times } from './times';

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

/** Help, consent and overviews. */
export const startMakers: readonly Maker[] = [
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
        aliases: ['resume'],
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
];
