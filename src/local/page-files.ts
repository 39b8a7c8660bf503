import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { dirname, extname, join } from 'node:path';

/** Libraries of the page, served as their packages ship them. */
const libraries: Readonly<Record<string, string>> = {
  '/vendor/preact.js': join(dirname(require.resolve('preact')), 'preact.module.js'),
  '/vendor/preact-hooks.js': join(dirname(require.resolve('preact/hooks')), 'hooks.module.js'),
  '/vendor/preact-jsx-runtime.js': join(
    dirname(require.resolve('preact/jsx-runtime')),
    'jsxRuntime.module.js',
  ),
  '/vendor/adaptivecards.js': require.resolve('adaptivecards/dist/adaptivecards.min.js'),
  '/vendor/markdown-it.js': join(
    dirname(require.resolve('markdown-it/package.json')),
    'dist/markdown-it.min.js',
  ),
};

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The file behind an address, or null. Only flat names: nothing outside the page's folder can be named. */
function fileFor(path: string, pageDir: string): string | null {
  if (path === '/') return join(pageDir, 'index.html');
  const library = Object.hasOwn(libraries, path) ? libraries[path] : undefined;
  if (library) return library;
  const name = /^\/page\/([a-z0-9-]+)(\.css|\.svg|\.js)?$/.exec(path);
  return name ? join(pageDir, `${name[1]}${name[2] ?? '.js'}`) : null;
}

/** Nothing from elsewhere; the one inline script is the import map, named by its hash. */
function policyFor(html: string): string {
  const inline = /<script type="importmap">([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '';
  const hash = createHash('sha256').update(inline).digest('base64');
  return [
    `default-src 'none'`,
    `script-src 'self' 'sha256-${hash}'`,
    `style-src 'self'`,
    `img-src 'self' data:`,
    `connect-src 'self'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ');
}

/** Answers `/`, `/page/*` and `/vendor/*`; false when there is no such file. */
export async function servePageFile(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  pageDir: string,
): Promise<boolean> {
  const file = request.method === 'GET' ? fileFor(path, pageDir) : null;
  const content = file ? await readFile(file).catch(() => null) : null;
  if (!file || !content) return false;
  const etag = `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`;
  const isKnown = request.headers['if-none-match'] === etag;
  response.writeHead(isKnown ? 304 : 200, {
    'content-type': types[extname(file)] ?? 'application/octet-stream',
    'cache-control': 'no-cache',
    etag,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
    ...(path === '/' ? { 'content-security-policy': policyFor(content.toString('utf8')) } : {}),
  });
  response.end(isKnown ? undefined : content);
  return true;
}
