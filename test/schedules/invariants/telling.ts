import { findBrokenLink } from '../../../src/store/audit';
import type { Evidence } from '../evidence';

/** Evidence and messages (I29, I31 to I33). */
export const telling = {
  'I31 the chain is whole': ({ audit }: Evidence) => {
    const broken = findBrokenLink(audit);
    return broken === null ? [] : [`the audit chain breaks at ${broken}`];
  },
  'I31 every decision and every intent has one record': (evidence: Evidence) => [
    ...evidence.decisions.flatMap(({ planId, person, decision }) => {
      const also: Readonly<Record<string, string>> = { withdrawn: 'discarded', approved: 'continued' };
      const names = [decision, also[decision]];
      const records = evidence.audit.filter(
        (one) => one.planId === planId && one.actor === person && names.includes(one.event),
      );
      const isVoiceful = decision === 'confirmed' || decision === 'approved'; // one row and record for each tenant
      const isOne = isVoiceful ? records.length > 0 : records.length === 1;
      return isOne ? [] : [`${records.length} records of ${person}: ${decision} ${planId}`];
    }),
    ...evidence.changes
      .filter((one) => one.state === 'writing')
      .flatMap(({ planId, clientRequestId }) => {
        const records = evidence.audit.filter(
          (one) => one.event === 'write-intended' && one.facts['clientRequestId'] === clientRequestId,
        );
        return records.length === 1 ? [] : [`${records.length} records of an intent of ${planId}`];
      }),
  ],
  'I31 every end has one record': ({ moves, audit }: Evidence) =>
    moves
      .filter(({ from, to }) => from === 'applying' && to !== 'applying')
      .filter(
        ({ planId }) => audit.filter((one) => one.planId === planId && one.event === 'ended').length !== 1,
      )
      .map(({ planId }) => `the end of ${planId} is not told once`),
  'I32 one card for each reader': ({ world, cards, audit }: Evidence) => {
    const { faults, events } = world.schedule;
    const isCalm = faults.every(({ what, port }) => what === 'stop' || port === 'write' || port === 'read');
    const isReposted = events.some(({ type }) => type === 'show' || type === 'ask');
    const isAskedAnew = events.some((one) => one.type === 'press' && one.verb === 'approve-canary');
    const isShaken = faults.some(({ what }) => what.startsWith('crash') || what === 'pause');
    if (!isCalm || isAskedAnew || isShaken || isReposted) return [];
    return cards.flatMap(({ planId, conversationId }) => {
      const shown = world.teams.messages.filter(
        (one) =>
          one.conversationId === conversationId && one.cards.some((card) => card.record?.id === planId),
      );
      // Each reminder is one message more, and has its record.
      const reminders = audit.filter((one) => one.event === 'reminded' && one.planId === planId);
      return shown.length > 1 + reminders.length
        ? [`${conversationId} has ${shown.length} cards of ${planId}`]
        : [];
    });
  },
  'I33 every card shows how its plan ended': ({ world, cards, plans }: Evidence) =>
    cards
      .filter(({ state }) => state !== 'dead')
      .flatMap(({ id, planId, state, wanted, sent, activityId, conversationId }) => {
        if (wanted !== sent)
          return [`card ${id} of ${conversationId} waits (${state}, ${sent} of ${wanted})`];
        if (state !== 'ready') return []; // nobody knows whether it arrived
        const shown = world.teams.messages.find((one) => one.id === activityId)?.cards.at(-1)?.record;
        const plan = plans.find((one) => one.id === planId);
        const isPresent = shown?.state === plan?.state && shown?.revision === plan?.revision;
        return isPresent
          ? []
          : [`${conversationId} shows ${planId} as ${shown?.state ?? 'nothing'}, it is ${plan?.state ?? ''}`];
      }),
} as const;
