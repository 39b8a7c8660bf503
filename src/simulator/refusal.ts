export interface RefusalExtras {
  readonly details?: readonly { code: string; message: string; target: string }[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** A Graph error answer: the server writes it in the body of facts 0.3. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly extras: RefusalExtras = {},
  ) {
    super(message);
    this.name = 'Refusal';
  }
}

export const badRequest = (message: string) => new Refusal(400, 'Request_BadRequest', message);

/** 404 `Request_ResourceNotFound` in Graph's words. */
export const notFound = (id: string) =>
  new Refusal(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );

export const conflict = (message: string) =>
  new Refusal(409, 'Request_MultipleObjectsWithSameKeyValue', message, {
    details: [{ code: 'ConflictingObjects', message, target: 'tenantId' }],
  });
