import { BotError, type ErrorCode } from '../../src/errors';
import { isTransient, shown, writeFaultOf } from '../../src/plan/fault';

const error = (code: ErrorCode, requestId?: string) =>
  new BotError(code, 'writing', 'Look.', { ...(requestId ? { requestId } : {}) });

describe('a fault', () => {
  it.each<ErrorCode>([
    'graph-throttled',
    'graph-unavailable',
    'graph-unreadable',
    'storage-unavailable',
    'busy',
  ])('by %s is of the moment', (code) => {
    expect(isTransient(error(code))).toBe(true);
  });

  it.each<ErrorCode>([
    'bad-input',
    'conflict',
    'not-found',
    'graph-refused',
    'graph-ambiguous',
    'not-allowed',
  ])('by %s is not', (code) => {
    expect(isTransient(error(code))).toBe(false);
  });

  it('that is not ours is not of the moment', () => {
    expect(isTransient(Object.assign(new Error(), { code: 'busy' }))).toBe(false);
  });
});

describe('what a failed write leaves behind', () => {
  it.each<[ErrorCode, string]>([
    ['bad-input', 'refused'],
    ['bad-settings', 'refused'],
    ['not-allowed', 'refused'],
    ['consent-missing', 'refused'],
    ['permission-missing', 'refused'],
    ['wrong-tenant', 'refused'],
    ['graph-refused', 'refused'],
    ['writes-disabled', 'refused'],
    ['egress-refused', 'refused'],
    ['conflict', 'conflict'],
    ['not-found', 'not-found'],
    ['graph-throttled', 'throttled'],
    ['graph-ambiguous', 'ambiguous'],
    ['graph-unavailable', 'ambiguous'],
    ['graph-unreadable', 'ambiguous'],
  ])('after %s is %s', (code, fault) => {
    expect(writeFaultOf(error(code))).toBe(fault);
  });

  it('is not known after an error that is not ours', () => {
    expect(writeFaultOf(Object.assign(new Error(), { code: 'conflict' }))).toBe('ambiguous');
  });
});

describe('what is shown of a fault', () => {
  it('is what ours says, with the request id where there is one', () => {
    const words = { code: 'graph-refused', doing: 'writing', remedy: 'Look.' };
    expect(shown(error('graph-refused', 'r-1'))).toEqual({ ...words, requestId: 'r-1' });
    expect(shown(error('graph-refused'))).not.toHaveProperty('requestId');
    expect(shown(error('graph-refused'))).toEqual(words);
  });

  it('is nothing of the inside of any other', () => {
    expect(shown(new Error('password=1'))).toEqual({
      code: 'internal',
      doing: 'carrying out a change',
      remedy: 'Look at the log of the bot.',
    });
  });
});
