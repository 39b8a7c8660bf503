import { createSealer } from '../../src/store/seal';

/** A key of tests: one letter, 32 times. */
export const testKey = (letter: string): string => Buffer.alloc(32, letter).toString('base64');

export const testSealer = createSealer([testKey('k')]);
