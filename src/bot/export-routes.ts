import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'restify';
import { log } from '../log';
import { exportPageHtml, exportPagePolicy, type ExportPage } from './export-page';

/** What the commands make of a link to an export; single values, as they came. */
export interface ExportDoors {
  show(query: Readonly<Record<string, string>>): Promise<ExportPage>;
  take(
    query: Readonly<Record<string, string>>,
  ): Promise<ExportPage | { readonly fileName: string; readonly lines: AsyncIterable<string> }>;
}

/** The page of a link that `export audit` gave, and the file behind its button. Nothing of it is kept by a browser. */
export function exportRoutes(doors: ExportDoors) {
  return {
    async show(request: Request, response: Response): Promise<void> {
      const query = queryOf(request);
      sendPage(response, await doors.show(query), query['key'] ?? '');
    },
    async take(request: Request, response: Response): Promise<void> {
      const file = await doors.take(queryOf(request));
      if (!('lines' in file)) return sendPage(response, file, '');
      response.writeHead(200, {
        'content-type': 'application/x-ndjson; charset=utf-8',
        'content-disposition': `attachment; filename="${file.fileName}"`,
        ...privately,
      });
      try {
        await pipeline(Readable.from(file.lines), response);
      } catch (error) {
        // The browser has an unfinished file then, which the verifier tells; a new link gives another one.
        log.warn('an export was not sent to its end', { event: 'export-broken', reason: String(error) });
        response.destroy();
      }
    },
  };
}

const privately = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

function sendPage(response: Response, page: ExportPage, key: string): void {
  response.sendRaw(page.status, exportPageHtml(page, key), {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': exportPagePolicy,
    ...privately,
  });
}

function queryOf(request: Request): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(request.getQuery()));
}
