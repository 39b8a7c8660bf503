import { outdated } from './outdated';
import { shown } from './quote';
import type { ChangeScene, WriteRow } from './script';

const method = ({ value }: ChangeScene) =>
  `-UserId ${shown(value('userId'))} -PhoneAuthenticationMethodId ${shown(value('phoneMethodId'))}`;

export const disableSmsSignIn: WriteRow = {
  lines: (scene) => [
    {
      about: scene.change.title,
      command: `Disable-MgUserAuthenticationPhoneMethodSmsSignIn ${method(scene)}`,
    },
    {
      about: 'Read it back: SmsSignInState must not be ready any more',
      command: `Get-MgUserAuthenticationPhoneMethod ${method(scene)} | Select-Object Id, PhoneType, SmsSignInState`,
    },
  ],
  outdated: [outdated.removePhone, outdated.anyMethod],
};

export const enableSmsSignIn: WriteRow = {
  lines: (scene) => [
    {
      about: scene.change.title,
      command: `Enable-MgUserAuthenticationPhoneMethodSmsSignIn ${method(scene)}`,
    },
    {
      about: 'Read it back: SmsSignInState must be ready',
      command: `Get-MgUserAuthenticationPhoneMethod ${method(scene)} | Select-Object Id, PhoneType, SmsSignInState`,
    },
  ],
  outdated: [],
};

/** The number is nobody's to read: whoever runs this types it. */
export const createPhoneMethod: WriteRow = {
  lines: (scene) => [
    {
      about: `${scene.change.title}: type the number yourself`,
      command: `New-MgUserAuthenticationPhoneMethod -UserId ${shown(scene.value('userId'))} -PhoneType ${shown(scene.value('phoneType'))} -PhoneNumber (Read-Host 'Number')`,
    },
  ],
  outdated: [],
};

export const deletePhoneMethod: WriteRow = {
  lines: (scene) => [
    { about: scene.change.title, command: `Remove-MgUserAuthenticationPhoneMethod ${method(scene)}` },
  ],
  outdated: [outdated.removePhone],
};
