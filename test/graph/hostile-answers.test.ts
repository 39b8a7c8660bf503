import fc from 'fast-check';
import { ownPath } from '../../src/graph/egress';
import { problemOf } from '../../src/graph/graph-error';
import { operationOf, operations, type OperationName } from '../../src/graph/operations';
import { at, fill, quoted } from '../../src/graph/path';
import { provisionAnswerSchema } from '../../src/graph/provision-on-demand';
import { provisioningEventSchema } from '../../src/graph/provisioning-logs';
import { retryAfterSeconds } from '../../src/graph/retry-after';
import {
  synchronizationSchemaSchema,
  userRuleId,
  withUserType,
} from '../../src/graph/synchronization-schema';
import { readClaims } from '../../src/graph/token-claims';

const origin = 'https://graph.microsoft.com';

describe('whatever Graph answers', () => {
  it('never breaks the reading of an error, a token or a waiting time', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(() => problemOf(text)).not.toThrow();
        expect(() => readClaims(`a.${Buffer.from(text).toString('base64url')}.`)).not.toThrow();
        const wait = retryAfterSeconds(text, 0);
        expect(wait === undefined || wait >= 0).toBe(true);
      }),
    );
  });

  it('never breaks provision on demand, the log or the mappings when it is an object at all', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), (object, value) => {
        const answer = { key: JSON.stringify(value), value: JSON.stringify(object) };
        expect(provisionAnswerSchema.safeParse(answer).success).toBe(true);
        expect(provisionAnswerSchema.safeParse({ ...object, value }).success).toBe(true);
        expect(provisioningEventSchema.safeParse({ ...object, provisioningSteps: [object] }).success).toBe(
          true,
        );
        const schema = synchronizationSchemaSchema.parse({
          ...object,
          synchronizationRules: [object, value],
        });
        expect(() => userRuleId(schema)).not.toThrow();
        expect(() => withUserType(schema, 'Guest')).not.toThrow();
      }),
    );
  });
});

describe('whatever an id or an address holds', () => {
  it('stays one segment of the path', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'binary' }), (id) => {
        const url = new URL(`${origin}/v1.0${at`/users/${id}/x`}`);
        expect(url.origin).toBe(origin);
        expect(url.pathname.split('/')).toHaveLength(5);
        expect(url.search).toBe('');
      }),
    );
  });

  it('cannot end a quoted text of a filter', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const inner = quoted(value).slice(1, -1);
        expect(inner.replaceAll("''", '')).not.toContain("'");
      }),
    );
  });

  it('never makes a foreign address ours', () => {
    fc.assert(
      fc.property(fc.webUrl(), (url) => {
        expect(ownPath(url, origin) === undefined || url.startsWith(origin)).toBe(true);
      }),
    );
    for (const evil of [
      `${origin}.evil.example/v1.0/users`,
      'https://graph.microsoft.com@evil.example/v1.0/x',
    ]) {
      expect(ownPath(evil, origin)).toBeUndefined();
    }
  });

  it.each(Object.keys(operations) as OperationName[])('%s is known again from its filled path', (name) => {
    const names = [...operations[name].path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? '');
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (value) => {
        const path = fill(operations[name].path, Object.fromEntries(names.map((key) => [key, value])));
        expect(operationOf(operations[name].method, new URL(origin + path).pathname)).toBe(name);
      }),
    );
  });
});
