import type { MiddlewareOptions } from '@microsoft/microsoft-graph-client';
import type { Context } from '@microsoft/microsoft-graph-client';
import type { PackName } from '../../config';
import type { OperationName, PermissionNeeds } from '../operations';

/** What the middleware must know of a call beyond its address. */
export interface Call {
  readonly tenantId: string;
  readonly tenantName: string;
  readonly pack: PackName;
  readonly needs: PermissionNeeds;
  readonly doing: string;
  readonly operation?: OperationName;
  /** Reads, and operations that change nothing: may be sent again. */
  readonly isRepeatable: boolean;
}

/** Carries the call through the SDK, and our own error out of it: the SDK rewrites errors that it catches. */
export class CallOptions implements MiddlewareOptions {
  error: unknown;
  /** Seconds of the last `Retry-After`. */
  retryAfterSeconds: number | undefined;

  constructor(
    readonly call: Call,
    readonly beforeSend?: () => void,
  ) {}
}

export function callOf(context: Context): CallOptions {
  const options = context.middlewareControl?.getMiddlewareOptions(CallOptions);
  if (!(options instanceof CallOptions)) throw new Error('a Graph request without its call');
  return options;
}

/** The address as text: we never hand the SDK a Request object. */
export function addressOf(context: Context): string {
  return typeof context.request === 'string' ? context.request : context.request.url;
}
