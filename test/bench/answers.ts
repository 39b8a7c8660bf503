import type { StewardProcess } from '../helpers/steward-process';

const commands = [
  'help',
  'whoami',
  'tenants',
  'check con>fab',
  'policy con>fab',
  'status con>fab',
  'nonsense',
  'pending',
] as const;

/** The time of the HTTP answer to an activity while every answer of Graph takes `latencyMs`. */
export async function measureAnswers(
  steward: StewardProcess,
  rounds: number,
  latencyMs: number,
): Promise<string> {
  const people = Object.values(steward.people).filter(
    ({ userType, roles }) => userType === 'Member' && roles.length,
  );
  const { httpMilliseconds: times } = steward.client;
  const before = times.length;
  await steward.simulator.control.faults({ latencyMs });
  let failures = 0;
  for (let round = 0; round < rounds; round += 1) {
    const person = people[round % people.length];
    if (!person) throw new Error('nobody holds a role');
    const answers = await Promise.all(commands.map((text) => steward.client.say(person, text)));
    failures += answers.filter(({ status }) => status >= 500).length;
  }
  await steward.simulator.control.clearFaults();
  const taken = times.slice(before).sort((one, other) => one - other);
  const at = (share: number) =>
    (taken[Math.min(taken.length - 1, Math.floor(taken.length * share))] ?? 0).toFixed(0);
  return `answer to an activity, Graph latency ${latencyMs} ms: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, max ${at(1)} ms (${taken.length} activities, ${failures} answers of 5xx)`;
}
