import { approve } from './approve';
import { check } from './check';
import { connect } from './connect';
import type { CommandDefinition } from './definition';
import { edit } from './edit';
import { fixSms } from './fix-sms';
import { help } from './help';
import { history } from './history';
import { join } from './join';
import { links } from './links';
import { mute } from './mute';
import { pause } from './pause';
import { pending } from './pending';
import { phoneRemove } from './phone-remove';
import { policy } from './policy';
import { reject } from './reject';
import { scanSms } from './scan-sms';
import { setup } from './setup';
import { start } from './start';
import { status } from './status';
import { subscribe } from './subscribe';
import { tenants } from './tenants';
import { tryUser } from './try-user';
import { unsubscribe } from './unsubscribe';
import { verify } from './verify';
import { whoami } from './whoami';
import { withdraw } from './withdraw';

/** Every command, in the order of help. */
export const commands: readonly CommandDefinition[] = [
  help,
  whoami,
  tenants,
  links,
  connect,
  join,
  check,
  policy,
  status,
  scanSms,
  verify,
  pending,
  history,
  subscribe,
  unsubscribe,
  mute,
  setup,
  edit,
  tryUser,
  fixSms,
  phoneRemove,
  start,
  pause,
  approve,
  reject,
  withdraw,
];
