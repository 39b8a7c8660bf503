import { allow } from './allow';
import { approve } from './approve';
import { check } from './check';
import { connect } from './connect';
import type { CommandDefinition } from './definition';
import { defaultSet } from './default-set';
import { diff } from './diff';
import { edit } from './edit';
import { help } from './help';
import { history } from './history';
import { join } from './join';
import { links } from './links';
import { mute } from './mute';
import { pause } from './pause';
import { pending } from './pending';
import { policy } from './policy';
import { powershell } from './powershell';
import { redeem } from './redeem';
import { reject } from './reject';
import { setup } from './setup';
import { start } from './start';
import { status } from './status';
import { subscribe } from './subscribe';
import { tenants } from './tenants';
import { trust } from './trust';
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
  diff,
  status,
  verify,
  powershell,
  pending,
  history,
  allow,
  redeem,
  trust,
  defaultSet,
  subscribe,
  unsubscribe,
  mute,
  setup,
  edit,
  tryUser,
  start,
  pause,
  approve,
  reject,
  withdraw,
];
