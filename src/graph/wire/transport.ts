import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import { addressOf, callOf } from './call-options';

const timeoutMs = 30_000;
/** The largest page of 999 users is far below this (I36). */
const largestBody = 32 * 1024 * 1024;

/** The last hop: one request, no redirect followed, the whole answer read within 30 s and 32 MB. */
export class Transport implements Middleware {
  constructor(private readonly fetch: typeof globalThis.fetch) {}

  async execute(context: Context): Promise<void> {
    callOf(context).beforeSend?.();
    const answer = await this.fetch(addressOf(context), {
      ...(context.options as RequestInit),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const body = await readBounded(answer);
    const isBodyless = [204, 205, 304].includes(answer.status);
    context.response = new Response(isBodyless ? null : body, {
      status: answer.status,
      headers: answer.headers,
    });
  }
}

async function readBounded(answer: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  if (!answer.body) return text;
  const reader = answer.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const bytes = part.value as Uint8Array;
    size += bytes.byteLength;
    if (size > largestBody) {
      await reader.cancel();
      throw new Error('the answer is larger than 32 MB');
    }
    text += decoder.decode(bytes, { stream: true });
  }
  return text + decoder.decode();
}
