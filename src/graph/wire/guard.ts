import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import { BotError } from '../../errors';
import { ownPath } from '../egress';
import { operationOf, operations } from '../operations';
import { addressOf, callOf } from './call-options';

/** Nothing leaves for another origin (I34), and nothing that changes Graph leaves while writes are off (I40). */
export class Guard implements Middleware {
  private next: Middleware | undefined;

  constructor(
    private readonly origin: string,
    private readonly areWritesEnabled: boolean,
  ) {}

  setNext(next: Middleware): void {
    this.next = next;
  }

  async execute(context: Context): Promise<void> {
    const { doing } = callOf(context).call;
    const target = ownPath(addressOf(context), this.origin);
    if (!target) {
      throw new BotError('egress-refused', doing, `Check GRAPH_BASE_URL: only ${this.origin} may be asked.`);
    }
    this.checkMethod(context.options?.method ?? 'GET', target.path, context.options?.body, doing);
    await this.next?.execute(context);
  }

  private checkMethod(method: string, path: string, body: unknown, doing: string): void {
    if (method === 'GET' || isBatchOfReads(method, path, body)) return;
    const name = operationOf(method, path);
    if (!name) {
      throw new BotError('egress-refused', doing, 'Name the operation in the list of operations first.');
    }
    if (operations[name].effect === 'write' && !this.areWritesEnabled) {
      throw new BotError(
        'writes-disabled',
        doing,
        'Set WRITES_ENABLED to true when this deployment may change tenants.',
      );
    }
  }
}

function isBatchOfReads(method: string, path: string, body: unknown): boolean {
  if (method !== 'POST' || path !== '/$batch' || typeof body !== 'string') return false;
  const { requests } = JSON.parse(body) as { requests?: { method?: string }[] };
  return Array.isArray(requests) && requests.every((request) => request.method === 'GET');
}
