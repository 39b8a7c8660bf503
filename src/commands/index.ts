import { allow } from './allow';
import { answer } from './answer';
import { approve } from './approve';
import { ask } from './ask';
import { assign } from './assign';
import { audit } from './audit';
import { auditVerify } from './audit-verify';
import { breakGlass } from './break-glass';
import { changes } from './changes';
import { check } from './check';
import { close } from './close';
import { continuePlan } from './continue';
import { connect } from './connect';
import { defaultSet } from './default-set';
import type { CommandDefinition } from './definition';
import { delegate } from './delegate';
import { diff } from './diff';
import { edit } from './edit';
import { explain } from './explain';
import { exportAudit } from './export-audit';
import { fixSms } from './fix-sms';
import { freeze } from './freeze';
import { guard } from './guard';
import { step1, step2, step3, step4, step5 } from './guide-steps';
import { help } from './help';
import { history } from './history';
import { join } from './join';
import { links } from './links';
import { logs } from './logs';
import { mail } from './mail';
import { map } from './map';
import { mapSet } from './map-set';
import { mute } from './mute';
import { pause } from './pause';
import { pending } from './pending';
import { phoneRemove } from './phone-remove';
import { policy } from './policy';
import { powershell } from './powershell';
import { redeem } from './redeem';
import { reject } from './reject';
import { remind } from './remind';
import { restart } from './restart';
import { scanSms } from './scan-sms';
import { scope } from './scope';
import { scopeSet } from './scope-set';
import { setup } from './setup';
import { start } from './start';
import { status } from './status';
import { stop } from './stop';
import { subscribe } from './subscribe';
import { tenants } from './tenants';
import { trust } from './trust';
import { tryUser } from './try-user';
import { unassign } from './unassign';
import { undo } from './undo';
import { unfreeze } from './unfreeze';
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
  diff,
  status,
  scanSms,
  logs,
  explain,
  verify,
  scope,
  map,
  powershell,
  pending,
  history,
  changes,
  audit,
  auditVerify,
  exportAudit,
  subscribe,
  unsubscribe,
  mute,
  setup,
  edit,
  allow,
  redeem,
  trust,
  defaultSet,
  fixSms,
  phoneRemove,
  assign,
  unassign,
  scopeSet,
  mapSet,
  guard,
  mail,
  tryUser,
  start,
  restart,
  pause,
  undo,
  freeze,
  unfreeze,
  approve,
  continuePlan,
  reject,
  withdraw,
  stop,
  remind,
  delegate,
  breakGlass,
  ask,
  answer,
  close,
];
