import type { GraphResult } from '../../helpers/simulator';
import { effectsOf } from './effects';
import { assign, assignGroup, logRows, startLinked, userId, type Linked } from './linked';

type Schema = GraphResult['body'];
type Change = (mapping: Schema, schema: Schema) => void;

const rename =
  (from: string, to: string): Change =>
  ({ attributeMappings }) => {
    attributeMappings.find((each: Schema) => each.targetAttributeName === from).targetAttributeName = to;
  };
const sourceOf =
  (target: string, source: object): Change =>
  ({ attributeMappings }) => {
    attributeMappings.find((each: Schema) => each.targetAttributeName === target).source = source;
  };
const scopedBy =
  (sourceOperandName: string, operatorName: string, ...values: string[]): Change =>
  (mapping) => {
    const clause = { sourceOperandName, operatorName, targetOperand: { values } };
    mapping.scope.groups = [{ name: 'Own filter', clauses: [clause] }];
  };
const expression = (text: string) => ({ type: 'Function', name: 'x', expression: text, parameters: [] });

const refused: readonly [string, Change][] = [
  ['another matching attribute', ({ attributeMappings }) => (attributeMappings[1].matchingPriority = 2)],
  ['a changed matching expression', sourceOf('alternativeSecurityIds', expression('ToLower([mail])'))],
  ['no matching attribute', ({ attributeMappings }) => attributeMappings.shift()],
  ['proxyAddresses as a target', rename('city', 'proxyAddresses')],
  ['one target twice', rename('city', 'state')],
  ['an unknown target', rename('city', 'favouriteColour')],
  [
    'userType as a source',
    sourceOf('city', { type: 'Attribute', name: 'userType', expression: '[userType]' }),
  ],
  ['an unknown function', sourceOf('city', expression('Guess([city])'))],
  ['an expression without its end', sourceOf('city', expression('ToLower([city]'))],
  ['an expression that is too long', sourceOf('city', expression(`Append([city], "${'x'.repeat(10_000)}")`))],
  ['an unknown flow type', ({ attributeMappings }) => (attributeMappings[2].flowType = 'Sometimes')],
  ['unknown object flows', (mapping) => (mapping.flowTypes = 'Add, Remove')],
  ['a filter on userType', scopedBy('userType', 'EQUALS', 'Member')],
  ['a filter with an unknown operator', scopedBy('department', 'SOUNDS LIKE', 'Sales')],
  ['another rule id', (_, schema) => (schema.synchronizationRules[0].id = 'another')],
  ['no directories', (_, schema) => delete schema.directories],
];

describe('the schema of a job', () => {
  let linked: Linked;

  beforeEach(async () => {
    linked = await startLinked();
  });
  afterEach(() => linked.simulator.close());

  const read = async (): Promise<Schema> =>
    (await linked.simulator.graph('con', 'GET', `${linked.job}/schema`)).body;
  const put = async (...changes: Change[]) => {
    const schema = await read();
    for (const change of changes) change(schema.synchronizationRules[0].objectMappings[0], schema);
    return linked.simulator.graph('con', 'PUT', `${linked.job}/schema`, { body: schema });
  };
  const start = () => linked.simulator.graph('con', 'POST', `${linked.job}/start`);

  it('holds the documented rule and default mappings', async () => {
    const schema = await read();
    const [rule] = schema.synchronizationRules;
    expect(rule).toMatchObject({
      name: 'USER_INBOUND_USER',
      sourceDirectoryName: 'Azure Active Directory',
      targetDirectoryName: 'Azure Active Directory (target tenant)',
    });
    expect(rule.metadata).toContainEqual({ key: 'supportsProvisionOnDemand', value: 'true' });
    const byTarget = new Map<string, Schema>(
      rule.objectMappings[0].attributeMappings.map((each: Schema) => [each.targetAttributeName, each]),
    );
    expect(byTarget.get('alternativeSecurityIds')).toMatchObject({ matchingPriority: 1 });
    expect(byTarget.get('userType')).toMatchObject({ flowType: 'ObjectAddOnly', source: { name: 'Member' } });
    expect(await put()).toMatchObject({ status: 204, body: undefined });
    expect(await read()).toEqual(schema);
  });

  it.each(refused)('refuses %s as schemaInvalid', async (_, change) => {
    const before = await read();
    const answer = await put(change);
    expect([answer.status, answer.body.error.code]).toEqual([400, 'schemaInvalid']);
    expect(await read()).toEqual(before);
  });

  it('keeps who fails an own filter out, and takes away who fails it later', async () => {
    await assignGroup(linked, 'Pilot');
    await put(scopedBy('department', 'EQUALS', 'Engineering'));
    const first = await effectsOf(linked, start);
    const bob = 'bob_contoso.com#EXT#@fabrikam.onmicrosoft.com';
    expect(first.created).toContain(bob);
    expect(first.created.length).toBeLessThan(11);
    const [skipped] = await logRows(linked, "provisioningStatusInfo/status eq 'skipped'");
    expect(skipped.provisioningSteps[1].details).toMatchObject({
      'Scoping filter evaluation passed': 'False',
      ScopeEvaluationResult: expect.stringContaining(`"Own filter.department EQUALS 'Engineering'":false`),
    });
    const second = await effectsOf(linked, () => put(scopedBy('department', 'EQUALS', 'Nobody')));
    expect(second.deleted).toEqual(first.created);
    const third = await effectsOf(linked, () =>
      linked.simulator.graph('con', 'DELETE', `${linked.job}/schema`),
    );
    expect(third.restored).toEqual(first.created);
    expect(third.created).toHaveLength(11 - first.created.length);
  });

  it('turns an existing guest into a member only when userType always flows', async () => {
    await assign(linked, userId('rita'));
    const rita = async () => (await linked.simulator.control.users('fab', 'rita_contoso'))[0]?.userType;
    await effectsOf(linked, start);
    expect(await rita()).toBe('Guest');
    const always: Change = ({ attributeMappings }) => (attributeMappings.at(-1).flowType = 'Always');
    const { changed } = await effectsOf(linked, () => put(always));
    expect(changed).toEqual({ 'rita_contoso.com#EXT#@fabrikam.onmicrosoft.com': ['userType'] });
    expect(await rita()).toBe('Member');
  });

  it('applies expressions, and names a constant that is no user type', async () => {
    await assign(linked, linked.simulator.personId('bob'));
    await put(sourceOf('displayName', expression('Append([displayName], " (Contoso)")')));
    await effectsOf(linked, start);
    expect((await linked.simulator.control.users('fab', 'bob_contoso'))[0]?.displayName).toBe(
      'Bob Fischer (Contoso)',
    );
    await put(sourceOf('userType', { type: 'Constant', name: 'Contractor', expression: '"Contractor"' }));
    const zoe = linked.simulator.personId('zoe');
    expect(await effectsOf(linked, () => assign(linked, zoe))).toMatchObject({
      created: [],
      rows: expect.arrayContaining([
        expect.stringMatching(/^Zoe .*: create failure InvitationCreationFailureInvalidPropertyValue$/),
      ]),
    });
  });
});
