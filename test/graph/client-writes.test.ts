import { z } from 'zod/v4';
import type { OperationName } from '../../src/graph/operations';
import { operations } from '../../src/graph/operations';
import { FakeWire, noContent, problem, tenantId } from './support/fake-wire';

const parameters = {
  partnerTenantId: 'p',
  applicationTemplateId: 't',
  servicePrincipalId: 's',
  jobId: 'j',
  appRoleAssignmentId: 'a',
  userId: 'u',
  phoneMethodId: 'm',
};
const pause = { parameters, doing: 'pausing the job' };

describe('writing through the Graph layer', () => {
  it('sends the named operation once, with the write application and its ids filled in', async () => {
    const wire = new FakeWire([noContent()]);
    const sent = await wire
      .graph()
      .write(tenantId)
      .send('jobs.pause', {
        parameters: { servicePrincipalId: 'a/b', jobId: 'Azure2Azure.x' },
        doing: 'pausing the job',
        clientRequestId: 'mine',
      });
    expect(sent).toMatchObject({ status: 204, requestIds: ['req-204'] });
    expect(wire.sent[0]?.url.pathname).toBe(
      '/v1.0/servicePrincipals/a%2Fb/synchronization/jobs/Azure2Azure.x/pause',
    );
    expect(wire.sent[0]?.headers.get('client-request-id')).toBe('mine');
    expect(wire.tokenRequests[0]?.get('client_id')).toBe('writer');
  });

  it.each([
    ['500', problem(500, 'InternalServerError'), 'graph-ambiguous'],
    ['503', problem(503, 'ServiceUnavailable', { 'Retry-After': '1' }), 'graph-ambiguous'],
    ['504', problem(504, 'Timeout'), 'graph-ambiguous'],
    ['a reset connection', new TypeError('terminated'), 'graph-ambiguous'],
    ['429', problem(429, 'TooManyRequests', { 'Retry-After': '9' }), 'graph-throttled'],
    ['400', problem(400, 'Request_BadRequest'), 'graph-refused'],
    ['403', problem(403, 'Authorization_RequestDenied'), 'permission-missing'],
    ['404', problem(404, 'Request_ResourceNotFound'), 'not-found'],
    ['Directory_ObjectNotFound', problem(400, 'Directory_ObjectNotFound'), 'not-found'],
    ['409', problem(409, 'Request_MultipleObjectsWithSameKeyValue'), 'conflict'],
  ])('sends a write once and never again after %s', async (_, reply, code) => {
    const wire = new FakeWire([reply]);
    await expect(wire.graph().write(tenantId).send('jobs.pause', pause)).rejects.toMatchObject({ code });
    expect(wire.sent).toHaveLength(1);
  });

  it('keeps a write back that is no longer wanted when all waiting is over', async () => {
    const wire = new FakeWire([noContent()]);
    const beforeSend = () => {
      expect(wire.tokenRequests).toHaveLength(1);
      throw new Error('the lease ran out');
    };
    const sending = wire
      .graph()
      .write(tenantId)
      .send('jobs.pause', { ...pause, beforeSend });
    await expect(sending).rejects.toMatchObject({ code: 'graph-ambiguous' });
    expect(wire.sent).toHaveLength(0);
  });

  it('does not know what happened when the answer of a write is unreadable', async () => {
    const page = new Response('<html></html>', { status: 200 });
    const call = { ...pause, schema: z.object({ id: z.string() }) };
    await expect(
      new FakeWire([page]).graph().write(tenantId).send('jobs.create', call),
    ).rejects.toMatchObject({
      code: 'graph-ambiguous',
    });
  });

  it('repeats the connection test, which changes nothing', async () => {
    const wire = new FakeWire([problem(503, 'ServiceUnavailable'), noContent()]);
    await wire.graph().write(tenantId).send('jobs.validateCredentials', pause);
    expect(wire.sent).toHaveLength(2);
  });

  it.each(Object.keys(operations) as OperationName[])(
    'treats %s as its effect says while writes are off',
    async (name) => {
      const wire = new FakeWire([noContent()]);
      const sending = wire.graph({ writesEnabled: false }).write(tenantId).send(name, pause);
      if (operations[name].effect === 'write') {
        await expect(sending).rejects.toMatchObject({ code: 'writes-disabled' });
        expect(wire.sent).toHaveLength(0);
      } else {
        await sending;
        expect(wire.sent).toHaveLength(1);
      }
    },
  );

  it.each(['.', '..', 'a/../../b'])('keeps the id %s inside its place in the path', async (jobId) => {
    const wire = new FakeWire([noContent()]);
    await wire
      .graph()
      .write(tenantId)
      .send('jobs.pause', { ...pause, parameters: { ...parameters, jobId } });
    expect(wire.sent[0]?.url.pathname).toMatch(
      /^\/v1\.0\/servicePrincipals\/s\/synchronization\/jobs\/[^/]+\/pause$/,
    );
  });
});
