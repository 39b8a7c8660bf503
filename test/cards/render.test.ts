import { commandButton, decisionButton, linkButton, showButton } from '../../src/cards/buttons';
import { fit, type Frame, render, sizeOf } from '../../src/cards/render';
import { name } from '../../src/cards/text';
import { markdownOf } from './walk';

const frame: Frame = { kind: 'Status', title: 'A → B', state: 'Done', style: 'good', sentence: 'It works' };

describe('render', () => {
  it('refuses a template with an unfilled field', () => {
    expect(() => render('error', frame)).toThrow(expect.objectContaining({ code: 'internal' }));
  });

  it('evaluates nothing that stands in a text', () => {
    const card = render('error', frame, { remedy: '${1+1} ${$root.sentence} @{x}' });
    expect(markdownOf(card).join()).toContain('$ \\{1\\+1\\}');
    expect(JSON.stringify(card)).not.toContain('${');
  });

  it('never lets a value become card structure', () => {
    const evil = [{ type: 'TextBlock', text: 'injected' }] as never;
    const card = render('error', frame, { remedy: evil });
    const nodes = JSON.stringify(card.body ?? card);
    expect(nodes).not.toContain('"text":"injected","type"');
    expect(markdownOf(card).every((words) => typeof words === 'string')).toBe(true);
  });

  it('leaves the data of buttons untouched', () => {
    const buttons = [commandButton('Run *it*', 'try "a_b" con>fab')];
    const card = render('empty', frame, {}, { buttons });
    expect(card['actions']).toEqual(buttons);
    expect(JSON.stringify(card)).toContain('"command":"try \\"a_b\\" con>fab"');
  });

  it('refuses more than six buttons', () => {
    const buttons = Array.from({ length: 7 }, () => commandButton('Help', 'help'));
    expect(() => render('empty', frame, {}, { buttons })).toThrow(
      expect.objectContaining({ code: 'internal' }),
    );
  });

  it('asks at most sixty people to refresh, and nobody when there is nobody', () => {
    const userIds = Array.from({ length: 100 }, (_, index) => `29:${index}`);
    const card = render('empty', frame, {}, { refresh: { planId: 'PL-1', userIds } });
    expect(card['refresh']).toMatchObject({ action: { verb: 'refresh', data: { planId: 'PL-1' } } });
    expect((card['refresh'] as { userIds: string[] }).userIds).toHaveLength(60);
    expect(render('empty', frame, {}, { refresh: { planId: 'PL-1', userIds: [] } })).not.toHaveProperty(
      'refresh',
    );
  });

  it('says in fallback and speech what the header and the sentence say, without Markdown', () => {
    const card = render('empty', { ...frame, sentence: name('a_b') });
    expect(card['fallbackText']).toBe('Status, A → B, Done. a_b');
    expect(card['speak']).toBe(card['fallbackText']);
  });
});

describe('fit', () => {
  it('draws with fewer rows until the card fits', () => {
    const tried: number[] = [];
    const card = fit((rows) => {
      tried.push(rows);
      return { type: 'AdaptiveCard', body: 'x'.repeat(rows * 5000) };
    });
    expect(tried).toEqual([12, 6, 3]);
    expect(sizeOf(card)).toBeLessThanOrEqual(24 * 1024);
  });

  it('gives up on a card that cannot fit', () => {
    expect(() => fit(() => ({ type: 'AdaptiveCard', body: 'x'.repeat(30_000) }))).toThrow(/too large/);
  });
});

describe('buttons', () => {
  const ticket = { planId: 'PL-0031', revision: 2, nonce: 'n' };

  it('carry a decision with plan, revision and nonce, and nothing else', () => {
    const button = decisionButton('Approve', 'approve', { ...ticket, extra: 'no' } as never, {
      style: 'positive',
    });
    expect(button).toMatchObject({
      type: 'Action.Execute',
      verb: 'decide',
      style: 'positive',
      associatedInputs: 'none',
    });
    expect(button['data']).toEqual({ decision: 'approve', ...ticket });
  });

  it('fall back to Action.Submit with the same data and the verb', () => {
    const { fallback } = commandButton('Help', 'help') as unknown as { fallback: unknown };
    expect(fallback).toEqual({
      type: 'Action.Submit',
      title: 'Help',
      associatedInputs: 'none',
      data: { command: 'help', verb: 'command' },
    });
  });

  it('show foreign names in titles plainly', () => {
    expect(commandButton('Approve for [A](b)\u202E', 'help').title).toBe('Approve for [A](b)');
    expect(linkButton('Open', 'https://a.example/').title).toBe('Open');
    expect(showButton('Why', []).type).toBe('Action.ShowCard');
  });
});
