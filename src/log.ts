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

const sink = pino({ level: process.env.LOG_LEVEL ?? 'info', base: undefined });

function pick(fields: LogFields): LogFields {
  return Object.fromEntries(
    allowed.filter((key) => fields[key] !== undefined).map((key) => [key, fields[key]]),
  );
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
