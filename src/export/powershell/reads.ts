import { mapRow, scopeRow } from './scope-reads';
import { checkRow, connectRow, diffRow, linksRow, statusRow, tenantsRow, logsRow } from './link-reads';
import { policyRow } from './policy-reads';
import type { NoScript, ReadRow } from './script';
import { scanSmsRow } from './sign-in-reads';
import { verifyRow } from './user-reads';

const ownRecords: NoScript = {
  none: 'It shows records of my own; nothing of it comes from Microsoft Graph.',
};
const ownWords: NoScript = { none: 'It explains me; nothing of it comes from Microsoft Graph.' };
const ownNotices: NoScript = { none: 'It is about my own notices in Teams; PowerShell has nothing like it.' };
const decides: NoScript = {
  none: 'It decides about a plan here; ask for the PowerShell of the plan instead: powershell PL-0031.',
};

/** Every command that reads, by name, in PowerShell; or why it has none. */
export const readRows: Readonly<Record<string, ReadRow | NoScript>> = {
  help: ownWords,
  whoami: { none: 'It says what I know about you: Get-MgContext says it of your own session.' },
  powershell: ownWords,
  tenants: tenantsRow,
  links: linksRow,
  connect: connectRow,
  join: { none: 'It redeems an invitation of mine; PowerShell has nothing like it.' },
  check: checkRow,
  policy: policyRow,
  diff: diffRow,
  status: statusRow,
  verify: verifyRow,
  'scan sms': scanSmsRow,
  logs: logsRow,
  explain: ownWords,
  step1: connectRow,
  step2: policyRow,
  step3: scanSmsRow,
  step4: checkRow,
  step5: logsRow,
  scope: scopeRow,
  map: mapRow,
  subscribe: ownNotices,
  unsubscribe: ownNotices,
  mute: ownNotices,
  pending: ownRecords,
  history: ownRecords,
  changes: ownRecords,
  audit: ownRecords,
  'audit verify': ownRecords,
  'export audit': ownRecords,
  edit: decides,
  approve: decides,
  continue: decides,
  reject: decides,
  withdraw: decides,
  remind: decides,
  ask: decides,
  answer: decides,
  close: decides,
  delegate: decides,
  stop: decides,
  'break glass': decides,
  freeze: { none: 'It holds my own writes back; nothing in Entra is like it.' },
};
