/** Every table, by topic. */
export * from './links';
export * from './plans';
export * from './presses';
export * from './messages';
export * from './sends';
export * from './consents';
export * from './audit';
export * from './watch';
export * from './scans';
export * from './exports';
export * from './freezes';
export * from './break-glass';
export * from './schema-versions';
