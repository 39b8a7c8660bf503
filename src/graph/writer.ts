import type { GraphWrite, SendOptions, Sent } from './client';
import { problemOf, type ErrorSetting } from './graph-error';
import { operations, type Operation, type OperationName } from './operations';
import { fill } from './path';
import { GraphReader, parsed, settled, type Station } from './reader';
import type { PackName } from '../config';
import { packs } from './permissions';

/** GraphWrite over the wire: named operations only, each sent once (I23, I26). */
export class GraphWriter extends GraphReader implements GraphWrite {
  readonly canWrite = true;

  constructor(
    station: Station,
    private readonly clientRequestId?: string,
  ) {
    super(station);
  }

  async send<T = unknown>(name: OperationName, options: SendOptions<T>): Promise<Sent<T>> {
    const operation: Operation = operations[name];
    const setting = this.writeSetting(operation, options.doing);
    const exchange = await this.station.wire.exchange({
      call: {
        tenantId: this.tenantId,
        tenantName: this.station.tenantName,
        pack: packOf(operation),
        needs: operation.needs,
        doing: setting.doing,
        operation: name,
        isRepeatable: operation.effect === 'read',
      },
      method: operation.method,
      version: 'v1.0',
      path: fill(operation.path, options.parameters),
      body: options.body,
      clientRequestId: options.clientRequestId ?? this.clientRequestId,
      ...(options.beforeSend ? { beforeSend: options.beforeSend } : {}),
    });
    const answer = settled(exchange, setting);
    const value = options.schema ? parsed(answer, options.schema, setting) : (undefined as T);
    const requestId = answer.headers.get('request-id') ?? problemOf(answer.text).requestId;
    return { status: answer.status, value, requestIds: requestId ? [requestId] : [] };
  }

  private writeSetting(operation: Operation, doing: string): ErrorSetting {
    const { tenantName } = this.station;
    return {
      doing: `${doing} in ${tenantName}`,
      tenantName,
      isWrite: operation.effect === 'write',
      permission: operation.needs.map((anyOf) => anyOf[0]).join(' and '),
    };
  }
}

/** The pack that has the operation's first permission; never the read pack. */
function packOf(operation: Operation): PackName {
  const names = packs.phone.map((permission) => permission.name);
  return operation.needs[0]?.some((name) => names.includes(name)) ? 'phone' : 'write';
}
