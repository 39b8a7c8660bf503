import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Where a Chromium is on this machine (`CHROMIUM_PATH` first), or null. */
export function chromiumPath(): string | null {
  const candidates = process.env.CHROMIUM_PATH ? [process.env.CHROMIUM_PATH] : usual;
  return candidates.find((path) => existsSync(path)) ?? null;
}

/** A headless Chromium; the caller closes it. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (!executablePath) throw new Error('No Chromium was found: install it or set CHROMIUM_PATH.');
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--force-color-profile=srgb'],
  });
}

/**
 * `describe` for tests in a real browser. Without a Chromium it says so in one line and skips, unless
 * `REQUIRE_BROWSER=1`: then the tests run and fail.
 */
export const describeInBrowser: jest.Describe = (() => {
  if (chromiumPath() || process.env.REQUIRE_BROWSER === '1') return describe;
  process.stderr.write('skipped: browser tests, because no Chromium was found (set CHROMIUM_PATH)\n');
  return describe.skip as jest.Describe;
})();
