import type { StewardProcess } from '../helpers/steward-process';

const graphMs = 100;

/** From the press of the last approver to the card that says Done, for a `setup` of nothing to all. */
export async function measurePress(steward: StewardProcess): Promise<string> {
  const { control } = steward.simulator;
  const requester = steward.person('priya');
  await control.faults({ latencyMs: graphMs });
  const line = 'setup con>fab --users group:Pilot --type member --guard 10 --mail ops@contoso.example';
  const planId = await steward.submit(requester, await steward.plan(requester, line));
  await steward.approve(steward.person('mina'), planId);
  const began = performance.now();
  await steward.approve(steward.person('omar'), planId);
  const answered = performance.now() - began;
  await steward.ended(requester, planId, /\bDone\b/);
  const done = performance.now() - began;
  await control.clearFaults();
  const writes = (await control.writes()).filter(({ effect }) => effect).length;
  return `last press to result card, Graph latency ${graphMs} ms: answered after ${seconds(answered)} s, Done after ${seconds(done)} s (${writes} writes)`;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1);
}
