import type { z } from 'zod/v4';
import { badRequest } from './refusal';

type Issue = z.core.$ZodIssue;

/** The body as the schema reads it; 400 `Request_BadRequest` in Graph's manner for anything else. */
export function readJsonBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw badRequest(issueText(parsed.error.issues[0], body));
}

function issueText(issue: Issue | undefined, body: unknown): string {
  if (!issue) return 'The request body is not valid.';
  if (body === undefined) return 'Empty Payload. JSON content expected.';
  const where = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') return `Invalid property '${issue.keys[0] ?? ''}'.`;
  if (issue.code === 'invalid_type' && valueAtPath(body, issue.path) === undefined) {
    return `Property '${where}' is required.`;
  }
  if (issue.code === 'invalid_type') {
    return `Cannot convert the value of '${where}' to the expected type 'Edm.${issue.expected}'.`;
  }
  return `Invalid value specified for property '${where}' of resource.`;
}

function valueAtPath(body: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, name) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[name] : undefined,
    body,
  );
}

/** Refuses a body where Graph takes none; an empty object passes. */
export function refuseBody(body: unknown): void {
  if (body === undefined || (typeof body === 'object' && body !== null && !Object.keys(body).length)) return;
  throw badRequest('This request takes no body.');
}
