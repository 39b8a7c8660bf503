import { outdated } from './outdated';
import type { Line, ReadRow } from './script';

const registrations: Line = {
  about: 'Who has a mobile phone registered; needs Entra ID P1',
  command:
    "Get-MgReportAuthenticationMethodUserRegistrationDetail -All | Where-Object { $_.MethodsRegistered -contains 'mobilePhone' } | Select-Object Id, UserPrincipalName, IsAdmin, MethodsRegistered",
};

const policy: Line = {
  about: 'Whom the SMS method policy lets sign in with SMS: isUsableForSignIn',
  command:
    "Invoke-MgGraphRequest -Method GET -Uri 'v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/sms' | ConvertTo-Json -Depth 6",
};

const states: Line = {
  about: 'The state of SMS sign-in of each of them: ready keeps a user out. One call per user',
  command:
    "Get-MgReportAuthenticationMethodUserRegistrationDetail -All | Where-Object { $_.MethodsRegistered -contains 'mobilePhone' } | ForEach-Object { $user = $_; Get-MgUserAuthenticationPhoneMethod -UserId $user.Id | Select-Object @{n='User'; e={$user.UserPrincipalName}}, PhoneType, SmsSignInState }",
};

/** `scan sms` and the third step of the guide: policy, report, then the state of each user, in the source. */
export const scanSmsRow: ReadRow = {
  async script({ link }) {
    if (!link) return { none: 'Name a link, for a scan looks at the users of its source.' };
    const scopes = [
      'Policy.Read.AuthenticationMethod',
      'AuditLog.Read.All',
      'UserAuthenticationMethod.Read.All',
    ];
    return {
      parts: [{ tenant: link.source, scopes, lines: [policy, registrations, states] }],
      outdated: [outdated.anyMethod, outdated.removePhone],
    };
  },
};
