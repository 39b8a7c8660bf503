export { mostAsked, scanSms, type SmsScanRequest } from './sms';
export type { ScanProgress, ScannedUser, SmsClass, SmsFinding, SmsScan, SmsTarget } from './types';

/** Every class of conflict that can be scanned for, as it is typed: `scan sms`. */
export const scanKinds = ['sms'] as const;

export type ScanKind = (typeof scanKinds)[number];
