// Draws every card with its sample texts, as the local chat draws it: light and dark, wide and 320 px.
// Usage: npm run cards [-- part of a card's name] ; the pictures land in test/output/cards.
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { compile, loadTypeScript } from './load-typescript.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const page = join(root, 'src/local/page');
const output = join(root, 'test/output/cards');
const origin = 'http://cards.localhost';
const require = createRequire(import.meta.url);

const looks = [
  { name: 'light', theme: 'light', width: 600 },
  { name: 'dark', theme: 'dark', width: 600 },
  { name: 'light-320', theme: 'light', width: 320 },
  { name: 'dark-320', theme: 'dark', width: 320 },
];

const libraries = {
  '/adaptivecards.js': require.resolve('adaptivecards/dist/adaptivecards.min.js'),
  '/markdown-it.js': require.resolve('markdown-it/dist/markdown-it.min.js'),
};

function html(look) {
  const style = readdirSync(page)
    .filter((file) => /^(theme|card)[a-z-]*\.css$/.test(file))
    .map((file) => readFileSync(join(page, file), 'utf8'))
    .join('\n');
  return `<!doctype html><html data-theme="${look.theme}"><style>${style}
    body { overflow: auto; height: auto; padding: 8px; }
    .shot { width: ${look.width - 16}px; background: var(--raised); border-radius: 8px; padding: 0; overflow: hidden; }
    </style><div class="shot card"></div>
    <script src="/adaptivecards.js"></script><script src="/markdown-it.js"></script>
    <script type="module">import { drawCard } from '/draw-card'; window.drawCard = drawCard;</script></html>`;
}

async function open(browser, look) {
  const tab = await browser.newPage({ viewport: { width: look.width, height: 900 } });
  await tab.route('**/*', (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: html(look) });
    const contentType = 'text/javascript';
    if (libraries[pathname]) return route.fulfill({ contentType, body: readFileSync(libraries[pathname]) });
    return route.fulfill({ contentType, body: compile(join(page, `${pathname}.ts`), 'es6') });
  });
  tab.on('pageerror', (error) => console.error(error));
  await tab.goto(origin);
  await tab.waitForFunction(() => window.drawCard);
  return tab;
}

async function shoot(tab, card, path) {
  const overflow = await tab.evaluate((json) => {
    const shot = document.querySelector('.shot');
    shot.replaceChildren(window.drawCard(json, new Map(), () => {}).element);
    return shot.scrollWidth > shot.clientWidth + 1;
  }, card);
  if (overflow) console.warn(`wider than its frame: ${path}`);
  await tab.screenshot({ path, fullPage: true });
}

const wanted = process.argv[2] ?? '';
const samples = loadTypeScript(join(root, 'test/cards/samples/index.ts')).samples.filter(({ card, name }) =>
  `${card}-${name}`.includes(wanted),
);
if (wanted === '') rmSync(output, { recursive: true, force: true });
mkdirSync(output, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
for (const look of looks) {
  const tab = await open(browser, look);
  for (const { card, name, draw } of samples)
    await shoot(tab, draw(), join(output, `${card}-${name}-${look.name}.png`));
}
await browser.close();
console.log(`${samples.length * looks.length} pictures in test/output/cards`);
