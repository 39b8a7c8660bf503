import fc from 'fast-check';
import { z } from 'zod/v4';
import { findSmsSignInUsers } from '../../src/graph/authentication-methods';
import { FakeWire, problem, tenantId, type Sent } from './support/fake-wire';

const users = {
  schema: z.object({ id: z.string() }),
  doing: 'reading users',
  permissions: ['User.Read.All'],
};

interface Inner {
  readonly id: string;
  readonly url: string;
}

function requestsOf(sent: Sent): Inner[] {
  return (sent.body as { requests: Inner[] }).requests;
}

const good = ({ id, url }: Inner) => ({ id, status: 200, body: { id: url.split('/').at(-1) } });

describe('many reads at once', () => {
  it('sends at most twenty in one batch and keeps the order of the question', async () => {
    const wire = new FakeWire([
      (sent) => Response.json({ responses: requestsOf(sent).map(good).toReversed() }),
    ]);
    const paths = Array.from({ length: 45 }, (_, index) => `/users/u${index}`);
    const answers = await wire.graph().read(tenantId).batchGet(paths, users);
    expect(answers.map((answer) => answer.value?.id)).toEqual(paths.map((path) => path.split('/').at(-1)));
    expect(wire.sent.map((sent) => requestsOf(sent).length)).toEqual([20, 20, 5]);
  });

  it('sends only the failed and the missing ones again, after the longest inner Retry-After', async () => {
    const wire = new FakeWire([
      (sent) => {
        const [first, second, third] = requestsOf(sent) as [Inner, Inner, Inner];
        return Response.json({
          responses: [
            { id: third.id, status: 404, body: { error: { code: 'Request_ResourceNotFound' } } },
            { id: second.id, status: 429, headers: { 'Retry-After': '7' }, body: null },
            good(first),
          ],
        });
      },
      (sent) => Response.json({ responses: requestsOf(sent).map(good) }),
    ]);
    const answers = await wire
      .graph()
      .read(tenantId)
      .batchGet(['/users/a', '/users/b', '/users/c', '/users/d'], users);
    expect(requestsOf(wire.sent[1] as Sent).map((request) => request.url)).toEqual(['/users/b', '/users/d']);
    expect((wire.sent[1]?.at ?? 0) - (wire.sent[0]?.at ?? 0)).toBe(7000);
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 404, 200]);
    expect(answers[2]?.graphCode).toBe('Request_ResourceNotFound');
  });

  it('gives up on an id that never comes and says so', async () => {
    const wire = new FakeWire([Response.json({ responses: [] })]);
    const answers = await wire.graph().read(tenantId).batchGet(['/users/a'], users);
    expect(answers).toEqual([{ status: 0 }]);
    expect(wire.sent).toHaveLength(5);
  });

  it('gives every id its own last answer and asks again for failed ones alone, in 500 random batches', async () => {
    /** What happens to one id at one try; after its list it is answered well. */
    const fate = fc.constantFrom<number | 'missing' | 'twice' | 'unreadable'>(
      ...[200, 404, 403, 429, 500, 503, 504],
      ...(['missing', 'twice', 'unreadable'] as const),
    );
    const batches = fc.array(fc.array(fate, { maxLength: 6 }), { minLength: 1, maxLength: 45 });
    const isFailed = (one: unknown) => one === 'missing' || one === 429 || Number(one) >= 500;
    /** What stands in the end: the first fate that is final, or the fifth. */
    const lastOf = (fates: readonly unknown[]) =>
      Array.from({ length: 5 }, (_, at) => fates[at] ?? 200).find((one, at) => !isFailed(one) || at === 4);
    const statusOf = (one: unknown) =>
      one === 'missing' ? 0 : one === 'twice' || one === 'unreadable' ? 200 : one;

    await fc.assert(
      fc.asyncProperty(batches, fc.infiniteStream(fc.nat()), async (all, noise) => {
        const tries = new Map<string, number>();
        const wrongly: string[] = [];
        const wire = new FakeWire([
          (sent) => {
            const answers = requestsOf(sent).flatMap(({ id, url }): readonly object[] => {
              const at = tries.get(url) ?? 0;
              tries.set(url, at + 1);
              const fates = all[Number(url.split('/users/u')[1])] ?? [];
              if (at > 0 && !isFailed(fates[at - 1])) wrongly.push(url);
              const one = fates[at] ?? 200;
              const body = one === 'unreadable' ? { id: 7 } : { id: url.split('/').at(-1) };
              if (one === 'missing') return [];
              if (typeof one === 'number' && one !== 200) {
                const headers = one === 429 ? { 'retry-after': '3' } : {};
                return [{ id, status: one, headers, body: { error: { code: `code-${one}` } } }];
              }
              const good = { id, status: 200, body };
              return one === 'twice' ? [good, good] : [good];
            });
            const order = answers.map((one) => ({ one, at: noise.next().value ?? 0 }));
            return Response.json({
              responses: order.toSorted((a, b) => a.at - b.at).map(({ one }) => one),
            });
          },
        ]);
        const paths = all.map((_, index) => `/users/u${index}`);
        const found = await wire.graph().read(tenantId).batchGet(paths, users);
        expect(found.map(({ status }) => status)).toEqual(all.map((fates) => statusOf(lastOf(fates))));
        found.forEach(({ value, graphCode, status }, index) => {
          const last = lastOf(all[index]!);
          const isGood = last === 200 || last === 'twice';
          expect(value).toEqual(isGood ? { id: `u${index}` } : undefined);
          expect(graphCode).toBe(status >= 300 ? `code-${status}` : undefined);
        });
        expect(wrongly).toEqual([]);
        expect(Math.max(...tries.values())).toBeLessThanOrEqual(5);
      }),
      { numRuns: 500 },
    );
  }, 120_000);

  it('retries the outer request as a read', async () => {
    const wire = new FakeWire([
      problem(503, 'ServiceUnavailable'),
      (sent) => Response.json({ responses: requestsOf(sent).map(good) }),
    ]);
    const answers = await wire.graph({ writesEnabled: false }).read(tenantId).batchGet(['/users/a'], users);
    expect(answers[0]?.status).toBe(200);
  });

  it('reads phone methods five at a time, five in ten seconds, and tells whom it could not read', async () => {
    const phones = (state: string) => ({
      value: [{ id: 'm', phoneNumber: '+1 2065555555', smsSignInState: state }],
    });
    const wire = new FakeWire([
      (sent) =>
        Response.json({
          responses: requestsOf(sent).map(({ id, url }) =>
            url.includes('u3/')
              ? { id, status: 403, body: { error: { code: 'accessDenied' } } }
              : { id, status: 200, body: phones(url.includes('u7/') ? 'ready' : 'notEnabled') },
          ),
        }),
    ]);
    const ids = Array.from({ length: 10 }, (_, index) => `u${index}`);
    const found = await findSmsSignInUsers(wire.graph().read(tenantId), ids);
    expect(found).toEqual({ withSms: ['u7'], unread: ['u3'] });
    expect(wire.sent.map((sent) => requestsOf(sent).length)).toEqual([5, 5]);
    expect((wire.sent[1]?.at ?? 0) - (wire.sent[0]?.at ?? 0)).toBeGreaterThanOrEqual(10_000);
  });
});
