import { anchorCard } from '../../../src/cards/anchor';
import { auditCard } from '../../../src/cards/audit';
import { auditChainCard } from '../../../src/cards/audit-chain';
import { auditExportCard } from '../../../src/cards/audit-export';
import { auditPlanCard } from '../../../src/cards/audit-plan';
import type { Cast } from './cast';
import type { Maker } from './sample';
import { at, times } from './times';

const hash = '5e7f'.repeat(16);
const zone = { timeZone: 'Europe/Berlin' } as const;

const listed = (cast: Cast, count: number) =>
  times(Math.min(count, 12), (index) => ({
    id: `PL-${String(52 - index).padStart(4, '0')}`,
    link: cast.link,
    title: `Remove a phone ${cast.user.displayName}`,
    state: (['applied', 'rejected', 'expired'] as const)[index % 3] ?? 'applied',
    requesterName: cast.requester.displayName,
    reason: index % 2 === 0 ? cast.words : null,
    decisions: times(index % 3, (place) => ({
      word: 'Approved',
      personName: [cast.sourceApprover, cast.targetApprover][place]?.displayName ?? '',
      at,
    })),
    changes: 9,
    affectedUsers: 12,
    isDestructive: index % 3 === 0,
    askedAt: at,
  }));

const people = ({ requester, sourceApprover, targetApprover, link }: Cast) =>
  [
    [requester, 'Asked for approval', link.source],
    [targetApprover, `Approved for ${link.target.displayName}`, link.target],
    [sourceApprover, `Approved for ${link.source.displayName}`, link.source],
  ] as const;

/** What came of a change: the last of several was not begun. */
const madeOf = (index: number, count: number) =>
  index > 0 && index === count - 1
    ? { state: 'not begun', attempts: 0, clientRequestIds: [], requestIds: [] }
    : {
        state: index === 0 && count === 1 ? 'failed, while assigning a group' : 'written and read back',
        attempts: 1 + (index % 2),
        clientRequestIds: times(1 + (index % 2), () => '9d5f2c1e-0000-4000-8000-000000000001'),
        requestIds: index === 0 ? [] : ['3b1c7f2e-0000-4000-8000-000000000002'],
      };

const planInFull = (cast: Cast, count: number) =>
  auditPlanCard({
    id: 'PL-0052',
    link: cast.link,
    title: `Set up ${cast.group}`,
    state: count === 1 ? 'failed' : 'applied',
    tier: 'T2',
    revision: 2,
    digest: count === 0 ? null : hash,
    ending: count === 1 ? cast.words : null,
    steps: times(Math.min(count, 40), (index) => ({
      place: [cast.link.target, cast.link.source][index % 2]?.displayName ?? '',
      title: `Assign ${cast.group}`,
      changes: 1 + (index % 3),
    })),
    decisions: [
      ...people(cast).map(([person, word, tenant]) => ({
        ...{ word, at },
        person: { name: person.displayName, objectId: person.objectId, tenant: tenant.displayName },
        authority: 'Security Administrator and Application Administrator',
        surface: 'button',
        reason: cast.words,
      })),
      { ...{ word: 'Done', at, person: null, authority: '', surface: '', reason: null } },
    ],
    writes: times(count, (index) => ({
      place: [cast.link.target, cast.link.source][index % 2]?.displayName ?? '',
      title: `Assignment of ${cast.group}`,
      ...madeOf(index, count),
      fields:
        index % 2 === 0
          ? null
          : [
              { field: 'isSyncAllowed', before: false, after: true },
              { field: 'mobile phone', before: '+•• ••• ••87', after: 'absent' },
            ],
    })),
    skipped: 0,
    records: { first: 1_180, last: 1_204 },
    ...zone,
  });

/** What auditors see. */
export const auditMakers: readonly Maker[] = [
  {
    card: 'audit',
    of: '',
    draw: (cast, count) =>
      auditCard({
        link: count === 0 ? null : cast.link,
        narrowedTo: count === 1 ? [`by ${cast.requester.displayName}`, 'from 2026-10-01'] : [],
        plans: listed(cast, count),
        total: count,
        skipped: 0,
        pageCommand: (skip) => `audit --skip ${skip}`,
        ...zone,
      }),
  },
  { card: 'audit-plan', of: '', draw: planInFull },
  {
    card: 'audit-chain',
    of: 'intact',
    draw: (_cast, count) =>
      auditChainCard({
        records: count,
        head: count === 0 ? null : `${count}:${hash}`,
        why: null,
        anchors: count,
        lastAnchorAt: count === 0 ? null : at,
        ...zone,
      }),
  },
  {
    card: 'audit-chain',
    of: 'broken',
    draw: (_cast, count) =>
      auditChainCard({
        records: count,
        head: null,
        why: `record ${count + 1} is not what was written`,
        anchors: 1,
        lastAnchorAt: at,
      }),
  },
  {
    card: 'audit-export',
    of: '',
    draw: (cast, count) =>
      auditExportCard({
        url: `https://bot.example.com/export?key=${'k'.repeat(43)}`,
        records: count,
        head: `${count}:${hash}`,
        minutes: 10,
        tenants: count === 1 ? [cast.link.source] : [cast.link.source, cast.link.target],
      }),
  },
  { card: 'anchor', of: '', draw: (_cast, count) => anchorCard({ sequence: count, hash, at }) },
];
