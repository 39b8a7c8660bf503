import { everyPermission } from '../../helpers/simulator';
import { startLinked, type Linked } from './linked';

export const unknown = '0a0b0c0d-1111-4222-8333-444455556666';

export interface Wrong {
  readonly what: string;
  readonly path?: (linked: Linked) => string;
  readonly body?: (linked: Linked) => unknown;
  readonly without?: readonly string[];
  readonly status: number;
  readonly code: string;
}

export interface Write {
  readonly name: string;
  readonly method: string;
  readonly path: (linked: Linked) => string;
  readonly wrong: readonly Wrong[];
}

export const bad = { status: 400, code: 'Request_BadRequest' };
export const missing = { status: 404, code: 'Request_ResourceNotFound' };
export const denied = { status: 403, code: 'Authorization_RequestDenied' };
export const schemaInvalid = { status: 400, code: 'schemaInvalid' };

const writers = [
  'Synchronization.ReadWrite.All',
  'Application.ReadWrite.OwnedBy',
  'Application.ReadWrite.All',
];
export const noWriter: Wrong = { what: 'without a permission', without: writers, ...denied };
export const otherPrincipal = (rest: string) => () =>
  `/v1.0/servicePrincipals/${unknown}/synchronization/${rest}`;
export const otherJob = (rest: string) => (linked: Linked) =>
  `${linked.root}/synchronization/jobs/Azure2Azure.none${rest}`;
export const jobAction = (name: string) => (linked: Linked) => `${linked.job}/${name}`;

/** One test for each wrong request: refused as Graph would, and nothing changed. */
export function refusesWrongRequests(writes: readonly Write[]): void {
  describe.each([...writes])('$name refuses', ({ method, path: rightPath, wrong }) => {
    let linked: Linked;

    beforeAll(async () => {
      linked = await startLinked();
    });
    afterAll(() => linked.simulator.close());

    it.each([...wrong])('$what with $status $code', async ({ path, body, without = [], status, code }) => {
      const { simulator } = linked;
      const before = (await simulator.control.writes()).filter(({ effect }) => effect).length;
      const answer = await simulator.graph('con', method, (path ?? rightPath)(linked), {
        ...(body ? { body: body(linked) } : {}),
        roles: everyPermission.filter((name) => !without.includes(name)),
      });
      expect([answer.status, answer.body?.error?.code]).toEqual([status, code]);
      expect(answer.body.error.innerError['request-id']).toEqual(expect.any(String));
      expect((await simulator.control.writes()).filter(({ effect }) => effect)).toHaveLength(before);
    });
  });
}
