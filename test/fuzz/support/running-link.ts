import { assign, assignGroup, linkTenants } from '../../simulator/sync/linked';
import type { TestSimulator } from '../../helpers/simulator';

/** Links con to fab with a job that has run, so that every command has something to read. Gives the writes so far. */
export async function runLink(simulator: TestSimulator): Promise<number> {
  const linked = await linkTenants(simulator);
  await assignGroup(linked, 'Pilot');
  for (const key of ['alice', 'eve']) await assign(linked, simulator.personId(key));
  await simulator.graph('con', 'POST', `${linked.job}/start`);
  await simulator.control.advance('PT40M');
  await simulator.control.advance('PT40M');
  return (await simulator.control.writes()).length;
}
