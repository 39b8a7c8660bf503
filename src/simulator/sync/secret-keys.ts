import type { Secret, SyncOptions } from './state';

/** Members of the enum synchronizationSecret (facts 4.3). */
export const secretKeys = [
  ...['None', 'UserName', 'Password', 'SecretToken', 'AppKey', 'BaseAddress', 'ClientIdentifier'],
  ...['ClientSecret', 'SingleSignOnType', 'Sandbox', 'Url', 'Domain', 'ConsumerKey', 'ConsumerSecret'],
  ...['TokenKey', 'TokenExpiration', 'Oauth2AccessToken', 'Oauth2AccessTokenCreationTime'],
  ...['Oauth2RefreshToken', 'SyncAll', 'InstanceName', 'Oauth2ClientId', 'Oauth2ClientSecret', 'CompanyId'],
  ...['UpdateKeyOnSoftDelete', 'SynchronizationSchedule', 'SystemOfRecord', 'SandboxName', 'EnforceDomain'],
  ...['SyncNotificationSettings', 'SkipOutOfScopeDeletions', 'Oauth2AuthorizationCode', 'Oauth2RedirectUri'],
  ...['ApplicationTemplateIdentifier', 'Oauth2TokenExchangeUri', 'Oauth2AuthorizationUri'],
  ...['AuthenticationType', 'Server', 'PerformInboundEntitlementGrants', 'HardDeletesEnabled'],
  ...['SyncAgentCompatibilityKey', 'SyncAgentADContainer', 'ValidateDomain', 'TestReferences'],
  'ConnectionString',
] as const;

const masked: readonly string[] = [
  ...['Password', 'SecretToken', 'AppKey', 'ClientSecret', 'ConsumerSecret', 'TokenKey', 'ConnectionString'],
  ...['Oauth2AccessToken', 'Oauth2RefreshToken', 'Oauth2ClientSecret', 'Oauth2AuthorizationCode'],
];

/** What a read answers for a secret: real secrets are masked, the notification settings where the options say so. */
export function shownSecret({ key, value }: Secret, { masksNotifications }: SyncOptions): Secret {
  const isMasked = masked.includes(key) || (masksNotifications && key === 'SyncNotificationSettings');
  return { key, value: isMasked ? '********' : value };
}
