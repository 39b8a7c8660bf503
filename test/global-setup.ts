import { makeReadyDatabases } from './helpers/ready-databases';
import { keepTemporaryFilesInMemory } from './helpers/temporary-files';

export default async function setUp(): Promise<void> {
  const deleteTemporaryFiles = keepTemporaryFilesInMemory();
  const takeAwayDatabases = await makeReadyDatabases();
  const takeAway = async () => {
    await takeAwayDatabases();
    deleteTemporaryFiles();
  };
  Object.assign(globalThis, { takeAway });
}
