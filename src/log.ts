import { pino } from 'pino';

/** The only fields a log line may carry: no text bodies, names, tokens or headers (I37). */
export interface LogFields {
  event?: string;
  planId?: string;
  revision?: number;
  correlationId?: string;
  activityId?: string;
  tenantId?: string;
  actorId?: string;
  job?: string;
  code?: string;
  status?: number;
  requestId?: string;
  durationMs?: number;
  count?: number;
  port?: number;
  part?: string;
  reason?: string;
  stack?: string;
}

const allowed: readonly (keyof LogFields)[] = [
  'event',
  'planId',
  'revision',
  'correlationId',
  'activityId',
  'tenantId',
  'actorId',
  'job',
  'code',
  'status',
  'requestId',
  'durationMs',
  'count',
  'port',
  'part',
  'reason',
  'stack',
];

const longestMessage = 1_000;

const sink = pino({ level: process.env.LOG_LEVEL ?? 'info', base: undefined });

/** Where it broke, without the values that messages carry: a failed query names its parameters (I37). */
function placesOf(stack: string): string {
  const [first = '', ...rest] = stack.split('\n');
  const kept = rest.filter((line) => /^\s+at .+:\d+:\d+\)?$/.test(line));
  return [first.slice(0, longestMessage), ...kept].join('\n');
}

function pick(fields: LogFields): LogFields {
  const kept = allowed.filter((key) => fields[key] !== undefined).map((key) => [key, fields[key]]);
  return {
    ...(Object.fromEntries(kept) as LogFields),
    ...(fields.stack === undefined ? {} : { stack: placesOf(fields.stack) }),
  };
}

/** JSON lines with allow-listed fields; messages are constants, values go into fields. */
export const log = {
  debug: (message: string, fields: LogFields = {}) => sink.debug(pick(fields), message),
  info: (message: string, fields: LogFields = {}) => sink.info(pick(fields), message),
  warn: (message: string, fields: LogFields = {}) => sink.warn(pick(fields), message),
  error: (message: string, fields: LogFields = {}) => sink.error(pick(fields), message),
};

/** The level that the settings name, once they are read; until then `LOG_LEVEL` of the environment counts. */
export function setLogLevel(level: 'debug' | 'info' | 'warn' | 'error' | 'silent'): void {
  sink.level = level;
}
