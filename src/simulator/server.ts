import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { runBatch, tellExchange } from './batch';
import { consentPage } from './consent';
import { control } from './control';
import { injectedAnswer } from './graph-answers';
import { answerGraph, headerText, parseQuery, type GraphAnswer, type GraphRequest } from './graph';
import { isJson, isLoopbackHost, plainError, type HttpAnswer, type HttpRequest } from './http';
import { Refusal } from './refusal';
import type { Runtime } from './runtime';
import { tokenAnswer } from './token-endpoint';
import { readToken } from './token';
import { simulatedNow } from './clock';
import type { Json } from './world';

const bodyLimit = 4 * 1024 * 1024;

/** Serves Graph, the sign-in pages and the control API of one runtime. */
export function simulatorServer(runtime: Runtime): Server {
  const server = createServer((request, response) => {
    serve(runtime, request, response).catch((error: unknown) => {
      if (response.headersSent || response.destroyed) return response.destroy();
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      write(response, { status: 500, body: { error: { code: 'InternalServerError', message } } });
    });
  });
  server.keepAliveTimeout = 5_000;
  return server;
}

async function serve(runtime: Runtime, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!isLoopbackHost(request.headers.host)) {
    return write(response, plainError(403, 'Only a loopback Host header is served.'));
  }
  const [rawPath = '/', ...rest] = (request.url ?? '/').split('?');
  const path = decodePath(rawPath);
  const text = await readBody(request);
  if (path === null) return write(response, plainError(400, 'The path is not well encoded.'));
  if (text === null) return write(response, plainError(413, 'The body is too large.'));
  const asked = {
    method: request.method ?? 'GET',
    path,
    search: rest.join('?'),
    headers: request.headers,
    text,
  };
  if (/^\/(v1\.0|beta)\//.test(path)) return serveGraph(runtime, asked, response);
  write(response, await serveOthers(runtime, asked));
}

async function serveOthers(runtime: Runtime, asked: HttpRequest): Promise<HttpAnswer> {
  if (asked.path.startsWith('/_control/')) return control(runtime, asked);
  const token = /^\/([^/]+)\/oauth2\/v2\.0\/token$/.exec(asked.path);
  if (token) return tokenAnswer(runtime, token[1] ?? '', asked);
  const consent = /^\/([^/]+)\/adminconsent$/.exec(asked.path);
  if (consent) return consentPage(runtime, consent[1] ?? '', asked);
  return plainError(404, 'Nothing is served here.');
}

async function serveGraph(runtime: Runtime, asked: HttpRequest, response: ServerResponse): Promise<void> {
  const request = readGraphRequest(asked);
  if (request instanceof Refusal) {
    const error = { code: request.code, message: request.message, innerError: {} };
    return write(response, { status: request.status, body: { error } });
  }
  const batch = /^\/(v1\.0|beta)\/\$batch$/.exec(request.path);
  if (batch && request.method === 'POST') return serveBatch(runtime, batch[1] ?? 'v1.0', request, response);
  const answer = await answerGraph(runtime, request);
  if (answer.cut) return void response.destroy();
  tellExchange(runtime, request, answer);
  write(response, answer);
}

async function serveBatch(
  runtime: Runtime,
  version: string,
  request: GraphRequest,
  response: ServerResponse,
): Promise<void> {
  let answer: GraphAnswer;
  try {
    const { tenant } = readToken(runtime.world, headerText(request.headers.authorization) ?? undefined);
    const strike = runtime.faults.strike(tenant, 'POST', request.path);
    if (strike.latencyMs) await delay(strike.latencyMs);
    if (strike.reset) return void response.destroy();
    if (strike.answer) return write(response, injectedAnswer(strike));
    const { responses, cut } = await runBatch(runtime, version, request);
    if (cut || strike.dropAfterEffect) return void response.destroy();
    const headers = { Date: new Date(simulatedNow(runtime.world)).toUTCString() };
    answer = { status: 200, headers, body: { responses }, cut: false, injected: false };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const body = { error: { code: error.code, message: error.message, innerError: {} } };
    answer = { status: error.status, headers: {}, body, cut: false, injected: false };
  }
  tellExchange(runtime, request, answer);
  write(response, answer);
}

function readGraphRequest(asked: HttpRequest): GraphRequest | Refusal {
  const { method, path, headers } = asked;
  try {
    const query = parseQuery(asked.search);
    if (!asked.text) return { method, path, query, headers, body: undefined };
    if (!isJson(asked))
      return new Refusal(415, 'UnsupportedMediaType', 'Content-Type application/json is needed.');
    return { method, path, query, headers, body: JSON.parse(asked.text) as Json };
  } catch (error) {
    if (error instanceof Refusal) return error;
    return new Refusal(400, 'Request_BadRequest', 'Unable to read JSON request payload.');
  }
}

function decodePath(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size <= bodyLimit) chunks.push(chunk as Buffer);
  }
  return size > bodyLimit ? null : Buffer.concat(chunks).toString('utf8');
}

function write(response: ServerResponse, { status, headers, body }: HttpAnswer): void {
  if (response.destroyed) return;
  const text = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body);
  const type = body === undefined ? {} : { 'Content-Type': 'application/json' };
  response.writeHead(status, { ...type, 'Cache-Control': 'no-store', ...headers });
  response.end(text);
}
