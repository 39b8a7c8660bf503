export default async function tearDown(): Promise<void> {
  await (globalThis as { takeAway?: () => Promise<void> }).takeAway?.();
}
