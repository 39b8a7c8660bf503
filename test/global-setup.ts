import { makeReadyDatabases } from './helpers/ready-databases';

export default async function setUp(): Promise<void> {
  const takeAway = await makeReadyDatabases();
  Object.assign(globalThis, { takeAwayReadyDatabases: takeAway });
}
