import { commands } from '../../../src/commands/index';
import { textOf } from '../../helpers/card-reading';
import { startConversation, type Conversation } from '../../helpers/conversation';
import { expectGolden } from '../../helpers/golden';

jest.setTimeout(120_000);

let talk: Conversation;
beforeAll(async () => {
  talk = await startConversation();
}, 120_000);
afterAll(() => talk.close());

const partners = '/v1.0/policies/crossTenantAccessPolicy/partners';

describe('policy --raw', () => {
  const raw = async () => textOf(await talk.say('priya', 'policy con>fab --raw'));
  /** The value of a field in the table of its object; an absent object has one row without a name. */
  const valueOf = (text: string, object: string, field = '–') => {
    const lines = text.split('\n');
    const table = lines.indexOf(object);
    const at = table < 0 ? -1 : lines.indexOf(field, table);
    return at < 0 ? undefined : lines[at + 1];
  };

  it('says which of Graph’s objects are absent', async () => {
    const text = await raw();
    for (const object of ['target: identitySynchronization', 'target: partner', 'source: partner']) {
      expect(valueOf(text, object)).toBe('absent');
    }
  });

  it('shows the fields as Graph has them, null where they are inherited', async () => {
    const con = talk.simulator.tenantId('con');
    const trust = { isMfaAccepted: true };
    await talk.simulator.graph('fab', 'POST', partners, { body: { tenantId: con, inboundTrust: trust } });
    await talk.simulator.graph('fab', 'PUT', `${partners}/${con}/identitySynchronization`, {
      body: { userSyncInbound: { isSyncAllowed: true } },
    });
    const text = await raw();
    expect(valueOf(text, 'target: identitySynchronization', 'userSyncInbound')).toBe(
      '{"isSyncAllowed":true}',
    );
    expect(valueOf(text, 'target: partner', 'inboundTrust')).toContain('"isMfaAccepted":true');
    expect(valueOf(text, 'target: partner', 'b2bCollaborationInbound')).toBe('null');
    expect(valueOf(text, 'source: partner')).toBe('absent');
    expectGolden(__filename, 'policy raw', await talk.say('priya', 'policy con>fab --raw'));
  });

  it('is left out without the option', async () => {
    expect(textOf(await talk.say('priya', 'policy con>fab'))).not.toContain('partner.');
  });
});

describe('when Graph’s clock is three days ahead of ours', () => {
  const lines = commands
    .filter(({ who, group }) => who === 'viewer' && group === 'Look')
    .flatMap((command) => command.examples({ source: 'con', target: 'fab' }))
    .map((line) => line.replace('user@domain', 'bob@contoso.com'))
    // A scan is a record of ours: it tells by our own clock when it was made.
    .filter((line) => !line.startsWith('scan sms'));
  const day = (moment: Date) =>
    moment.toLocaleDateString('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' });

  beforeAll(() => talk.simulator.control.advance('P3D'));

  it.each(['check con>fab', 'policy con>fab', 'status con>fab', 'verify bob@contoso.com con>fab'])(
    'tells by it when %j was read',
    async (line) => {
      const { now } = await talk.simulator.control.world();
      expect(textOf(await talk.say('priya', line))).toContain(day(new Date(now)));
    },
  );

  it.each(lines)('tells our own day nowhere on the card of %j', async (line) => {
    expect(textOf(await talk.say('priya', line))).not.toContain(day(new Date()));
  });
});
