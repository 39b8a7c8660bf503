export default async function tearDown(): Promise<void> {
  await (globalThis as { takeAwayReadyDatabases?: () => Promise<void> }).takeAwayReadyDatabases?.();
}
