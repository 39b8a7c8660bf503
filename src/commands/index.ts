import { approve } from './approve';
import { check } from './check';
import { connect } from './connect';
import type { CommandDefinition } from './definition';
import { edit } from './edit';
import { explain } from './explain';
import { step1, step2, step3, step4, step5 } from './guide-steps';
import { help } from './help';
import { history } from './history';
import { join } from './join';
import { links } from './links';
import { logs } from './logs';
import { mute } from './mute';
import { pause } from './pause';
import { pending } from './pending';
import { policy } from './policy';
import { reject } from './reject';
import { restart } from './restart';
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
  step1,
  step2,
  step3,
  step4,
  step5,
  check,
  policy,
  status,
  logs,
  explain,
  verify,
  pending,
  history,
  subscribe,
  unsubscribe,
  mute,
  setup,
  edit,
  tryUser,
  start,
  restart,
  pause,
  approve,
  reject,
  withdraw,
];
