import type { Database } from './database';
import { play } from './play';
import type { Schedule } from './schedule';

/** Most schedules that are played to make one smaller. */
const mostTries = 120;

/** Takes faults, events and replicas away one by one, as long as the same invariant still breaks. */
export async function shrink(schedule: Schedule, invariant: string, database: Database): Promise<Schedule> {
  let smallest = schedule;
  let left = mostTries;
  for (let isSmaller = true; isSmaller && left > 0;) {
    isSmaller = false;
    for (const candidate of smallerThan(smallest)) {
      if (left <= 0) break;
      left -= 1;
      const { found } = await play(candidate, database);
      if (!found.some((one) => one.startsWith(invariant))) continue;
      smallest = candidate;
      isSmaller = true;
      break;
    }
  }
  return smallest;
}

function smallerThan(schedule: Schedule): readonly Schedule[] {
  const { faults, events, replicas, lagSeconds, skewSeconds } = schedule;
  return [
    ...faults.map((_fault, index) => ({ ...schedule, faults: faults.toSpliced(index, 1) })),
    ...events.map((_event, index) => ({ ...schedule, events: events.toSpliced(index, 1) })),
    ...(replicas > 1 ? [{ ...schedule, replicas: replicas - 1 }] : []),
    ...(lagSeconds > 0 ? [{ ...schedule, lagSeconds: 0 }] : []),
    ...(skewSeconds > 0 ? [{ ...schedule, skewSeconds: 0 }] : []),
  ];
}
