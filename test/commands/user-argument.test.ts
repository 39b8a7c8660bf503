import fc from 'fast-check';
import { commands } from '../../src/commands';
import { parse } from '../../src/commands/parse';
import { userArgument } from '../../src/commands/user-argument';

const id = '11111111-1111-4111-8111-111111111111';

test.each([
  ['alice@contoso.com', 'alice@contoso.com'],
  ['a_b#EXT#@contoso.onmicrosoft.com', 'a_b#EXT#@contoso.onmicrosoft.com'],
  ['${$root}', id],
  ['alice@contoso.com con>fab', id],
  ['alice"@contoso.com', id],
  ['--yes@contoso.com', id],
  ['', id],
  [null, id],
])('offers %s as %s', (userPrincipalName, argument) => {
  expect(userArgument({ id, userPrincipalName })).toBe(argument);
});

test('is one word of the grammar, whatever the directory holds', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.emailAddress(), (strange, mail) => {
      for (const userPrincipalName of [strange, mail, `${strange}@a.b`, `a@${strange}`]) {
        const user = userArgument({ id, userPrincipalName });
        const parsed = parse(`verify ${user} one>two`, commands);
        expect(parsed).toMatchObject({
          outcome: 'command',
          args: { link: { source: 'one', target: 'two' } },
        });
        expect(parsed.outcome === 'command' && Object.values(parsed.args.words)).toEqual([user]);
      }
    }),
  );
});
