import type { Application } from '@microsoft/teams-ai/lib/Application';
import type { TeamsAdapter } from '@microsoft/teams-ai/lib/TeamsAdapter';
import type { Request } from 'restify';
import type { TeamsActivity } from './activity';

export interface TurnResult {
  readonly status: number;
  /** `undefined` for no body. */
  readonly body: unknown;
}

/** Keeps what the SDK would have sent: on a fault it sends the raw message of the error (safety C1). */
class CapturedResponse {
  statusCode = 200;
  body: unknown = undefined;

  status(code: number): this {
    this.statusCode = code;
    return this;
  }
  send(body: unknown): this {
    this.body = body;
    return this;
  }
  end(): this {
    return this;
  }
  header(): this {
    return this;
  }
}

const refusals: Readonly<Record<number, string>> = { 400: 'BadRequest', 401: 'Unauthorized' };

/** One turn through the adapter, which authenticates it first. Only answers of our own routes keep their body. */
export async function runTurn(
  adapter: TeamsAdapter,
  application: Application,
  request: Request,
  activity: TeamsActivity,
): Promise<TurnResult> {
  const captured = new CapturedResponse();
  let hasRun = false;
  const incoming = { method: 'POST', headers: request.headers, body: structuredClone(activity) };
  await adapter.process(incoming, captured as never, async (context) => {
    hasRun = true;
    await application.run(context);
  });
  if (hasRun && captured.statusCode < 500) return { status: captured.statusCode, body: captured.body };
  const code = refusals[captured.statusCode];
  return code
    ? { status: captured.statusCode, body: { code } }
    : { status: hasRun ? 500 : 503, body: { code: hasRun ? 'Internal' : 'Unavailable' } };
}
