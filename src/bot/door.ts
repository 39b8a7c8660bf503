import type { Request, RequestHandler, Response } from 'restify';
import type { Config } from '../config';
import type { TeamsActivity } from './activity';
import { parseActivity } from './activity';
import { looksLikeChannelToken } from './bot-identity';
import { isAllowedServiceUrl, isLoopbackHost, isLoopbackPeer } from './service-url';

/** Fixed words: an answer says nothing about what was sent or what stands behind (safety C1). */
const words: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  413: 'TooLarge',
  415: 'JsonOnly',
  500: 'Internal',
  503: 'Busy',
};

export function refuse(response: Response, status: number): void {
  response.send(status, { code: words[status] ?? 'Refused' });
}

/** Local mode: nobody but this machine, and no page that reached us under a foreign name. */
export function localOnly(mode: Config['mode']): RequestHandler {
  return (request, response, next) => {
    const isLocal = isLoopbackPeer(request.socket.remoteAddress) && isLoopbackHost(request.headers.host);
    if (mode === 'production' || isLocal) return next();
    refuse(response, 403);
    return next(false);
  };
}

/** Before the body is read: its type and announced size. Compressed bodies are not taken. */
export function jsonOnly(maxBytes: number): RequestHandler {
  return (request, response, next) => {
    const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
    const isPlain = (request.headers['content-encoding'] ?? 'identity') === 'identity';
    const isTooLarge = Number(request.headers['content-length'] ?? 0) > maxBytes;
    if (type === 'application/json' && isPlain && !isTooLarge) return next();
    refuse(response, isTooLarge ? 413 : 415);
    return next(false);
  };
}

export type Admission = { readonly activity: TeamsActivity } | { readonly status: number };

/** May this request become a turn? Decided before the SDK sees it, without any effect (I13, I35). */
export function admit(request: Request, config: Pick<Config, 'mode' | 'bot'>): Admission {
  const { bot, mode } = config;
  if (bot !== null && !looksLikeChannelToken(request.headers.authorization, bot.appId))
    return { status: 401 };
  if (bot === null && mode !== 'local') return { status: 401 };
  const activity = parseActivity(request.body);
  if (activity === null) return { status: 400 };
  if (activity.channelId !== 'msteams') return { status: 403 };
  return isAllowedServiceUrl(activity.serviceUrl, mode) ? { activity } : { status: 403 };
}
