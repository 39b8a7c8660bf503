import type { ErrorCode } from '../errors';

/** Why something stopped, in one sentence; the code stands next to it for people who search. */
export const errorWords: Readonly<Record<ErrorCode, string>> = {
  'bad-input': 'Something in the command cannot be used as it is.',
  'bad-settings': 'The settings of this bot are not complete.',
  'not-found': 'It does not exist, or it cannot be seen from here.',
  'not-allowed': 'It is not allowed here.',
  'consent-missing': 'The tenant has not consented to what this needs.',
  'permission-missing': 'A permission that this needs was not granted.',
  'wrong-tenant': 'The answer came from another tenant than the one that was asked.',
  conflict: 'Somebody else changed the same thing at the same time.',
  'graph-refused': 'Microsoft Graph refused the request.',
  'graph-throttled': 'Microsoft Graph asks the bot to slow down.',
  'graph-unavailable': 'Microsoft Graph does not answer right now.',
  'graph-unreadable': 'Microsoft Graph answered something that the bot does not understand.',
  'graph-ambiguous': 'Microsoft Graph did not say whether the change was made.',
  'writes-disabled': 'Changes are switched off for this bot.',
  'egress-refused': 'The bot may not connect to that address.',
  'storage-unavailable': 'The database of this bot cannot be used right now.',
  'storage-locked': 'Another process uses the database of this bot.',
  busy: 'The bot is busy with the same thing.',
  'too-many-commands': 'More commands came than the bot takes at a time.',
  interrupted: 'The bot was restarted while it worked on this.',
  'teams-unavailable': 'Microsoft Teams does not answer right now.',
  internal: 'This is a fault of the bot itself.',
};
