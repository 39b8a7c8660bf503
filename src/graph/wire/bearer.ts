import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import type { Tokens } from '../tokens';
import { callOf } from './call-options';

/**
 * Adds the token of this tenant and application. After one 401 it forgets the token, gets a new one and tries once
 * more: a 401 is refused before any effect, so this is safe for writes too.
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
    this.tokens.drop(call.tenantId, call.pack);
    await this.send(context);
  }

  private async send(context: Context): Promise<void> {
    const token = await this.tokens.get(callOf(context).call);
    const headers = { ...(context.options?.headers as Record<string, string> | undefined) };
    context.options = { ...context.options, headers: { ...headers, Authorization: `Bearer ${token}` } };
    await this.next?.execute(context);
  }
}
