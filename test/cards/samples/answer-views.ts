import { alreadyCard } from '../../../src/cards/already';
import { emptyCard } from '../../../src/cards/empty';
import { errorCard } from '../../../src/cards/error';
import { historyCard } from '../../../src/cards/history';
import { pendingCard } from '../../../src/cards/pending';
import { planEditCard } from '../../../src/cards/plan-edit';
import { refusedCard } from '../../../src/cards/refused';
import { unknownCommandCard } from '../../../src/cards/unknown-command';
import { workingCard } from '../../../src/cards/working';
import { verifyCard } from '../../../src/cards/verify';
import type { Maker } from './sample';
import { at, later, times } from './times';

/** Forms, lists of plans and short answers. */
export const answerMakers: readonly Maker[] = [
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
  {
    card: 'verify',
    of: 'plan',
    draw: (cast, count) =>
      verifyCard({
        link: cast.link,
        subject: 'Plan PL-0031',
        isEqual: count === 1,
        isReadBack: true,
        verdict:
          count === 1
            ? 'Everything that the plan wanted is in place.'
            : 'One of its values is different now.',
        remedy: count === 1 ? null : 'Run setup con>fab to plan what differs.',
        source: null,
        target: null,
        rows: times(count, (index) => ({
          attribute: `Partner entry for ${cast.link.source.displayName}: tenantId`,
          source: cast.link.source.tenantId,
          target: index === 1 ? '' : cast.link.source.tenantId,
          isEqual: index !== 1,
          mapping: '',
        })),
        readAt: at,
      }),
  },
];
