import type { GraphWrite } from '../../src/graph/client';
import { operations, type OperationName } from '../../src/graph/operations';
import { guardWrite } from '../../src/plan/guarded-write';
import type { Change } from '../../src/plan/types';

type Send = GraphWrite['send'];

describe('the door of one approved change', () => {
  let sent: unknown[][];
  const write = (): GraphWrite =>
    ({
      tenantId: 'aa',
      send: async (...args: Parameters<Send>) => {
        sent.push(args);
        return { body: null };
      },
    }) as unknown as GraphWrite;
  const beforeSend = () => {};
  const door = () =>
    guardWrite(write(), { operation: 'partners.create' } as Change, { clientRequestId: 'c-1', beforeSend });
  const send = (operation: OperationName, options: object = {}) =>
    door().send(operation, options as Parameters<Send>[1]);

  beforeEach(() => {
    sent = [];
  });

  it('lets writes of its resource out, with the id of the intent and the last look', async () => {
    await send('partners.update', { body: 1 });
    expect(sent).toEqual([['partners.update', { clientRequestId: 'c-1', body: 1, beforeSend }]]);
  });

  it('lets no caller leave the last look out', async () => {
    await send('partners.create', { beforeSend: undefined });
    expect(sent[0]?.[1]).toMatchObject({ beforeSend });
  });

  it('lets nothing of another resource out (I26)', async () => {
    await expect(send('default.update')).rejects.toMatchObject({
      code: 'egress-refused',
      doing: 'sending default.update for an approval of partners.create',
    });
    expect(sent).toEqual([]);
  });

  it('lets what changes nothing out, though it is of another resource', async () => {
    const read = (Object.keys(operations) as OperationName[]).find(
      (name) => operations[name].effect === 'read',
    );
    await send(read!);
    expect(sent).toHaveLength(1);
  });

  it('is in all else the door behind it', () => {
    expect(door()).toMatchObject({ tenantId: 'aa' });
  });
});
