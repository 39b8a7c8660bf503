import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import { jsonInText } from '../parse';
import type { Tokens } from '../tokens';
import { callOf } from './call-options';

/**
 * Adds the token of this tenant and application. After one 401 it forgets the token, gets a new one, with the claims that
 * Graph asks for (continuous access evaluation), and tries once more: a 401 is refused before any effect, so this is
 * safe for writes too.
 */
export class Bearer implements Middleware {
  private next: Middleware | undefined;

  constructor(private readonly tokens: Tokens) {}

  setNext(next: Middleware): void {
    this.next = next;
  }

  async execute(context: Context): Promise<void> {
    await this.send(context);
    if (context.response?.status !== 401) return;
    const { call } = callOf(context);
    const claims = challengeIn(context.response.headers.get('WWW-Authenticate'));
    this.tokens.drop(call.tenantId, call.pack);
    await this.send(context, claims);
  }

  private async send(context: Context, claims?: string): Promise<void> {
    const token = await this.tokens.get(callOf(context).call, claims);
    const headers = { ...(context.options?.headers as Record<string, string> | undefined) };
    context.options = { ...context.options, headers: { ...headers, Authorization: `Bearer ${token}` } };
    await this.next?.execute(context);
  }
}

/** The claims of a challenge, as JSON; `undefined` when there are none that can be read. */
function challengeIn(header: string | null): string | undefined {
  const encoded = /\bclaims="([A-Za-z0-9+/=_-]{1,4000})"/.exec(header ?? '')?.[1];
  const claims = encoded && jsonInText(Buffer.from(encoded, 'base64').toString('utf8'));
  return typeof claims === 'object' && claims !== null ? JSON.stringify(claims) : undefined;
}
