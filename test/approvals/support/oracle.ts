import type { PlanState } from '../../../src/plan/types';
import type { Cell } from './cells';

/** What must come out of a cell: the parts of the outcome that matter. */
export type Expected = Readonly<Record<string, unknown>> & { readonly type: string };

const own = ['submit', 'confirm', 'discard', 'withdraw'];

/**
 * The decision table, read from the texts and not from the code: who may, in which order the questions are asked, and
 * what each answer is. Shares nothing with `src/approvals`.
 */
export function oracle(cell: Cell): Expected {
  const isOwnVerb = own.includes(cell.verb);
  if (cell.tenant === 'stranger' || cell.tenant === 'third') return { type: 'gone' };
  if (!isOwnVerb && cell.verb !== 'stop' && cell.isRequester) return { type: 'own-request' };
  if (isOwnVerb && !cell.isRequester) return denied('not-requester');
  if (!isCardValid(cell)) return { type: 'superseded' };
  return outcomeOfState(cell) ?? outcomeOfPerson(cell);
}

/** The card showed what stands, to this person. By text only what stops things goes without a card. */
function isCardValid({ verb, surface, nonce, revision }: Cell): boolean {
  if (revision === 'older') return false;
  const stops = verb === 'reject' || verb === 'withdraw' || verb === 'close' || verb === 'stop';
  if (surface === 'text' || nonce === 'none') return stops;
  return nonce === 'own' && revision === 'present';
}

/** What this person decided on this plan before; the fixtures are written by the same rule. */
export function decidedBefore(cell: Cell): string | null {
  if (cell.voices === 'mine' && !cell.isRequester) return 'approved';
  if (cell.voices === 'mine-first' && !cell.isRequester) return 'approved-canary';
  if (!cell.isRequester) return null;
  if (cell.state === 'withdrawn') return 'withdrawn';
  const confirmedStates: PlanState[] = [
    'approved',
    'applying',
    'applied',
    'failed',
    'needs-attention',
    'stale',
  ];
  return cell.tier === 'T1' && confirmedStates.includes(cell.state) ? 'confirmed' : null;
}

function outcomeOfState(cell: Cell): Expected | null {
  const { verb, state } = cell;
  const before = decidedBefore(cell);
  const isVote = verb === 'approve' || verb === 'approve-canary' || verb === 'reject';
  if (before && (isVote || (verb === 'continue' && before === 'approved'))) {
    return { type: 'already-decided', decision: before, state };
  }
  const rightStates: Readonly<Record<Cell['verb'], readonly PlanState[]>> = {
    submit: ['draft'],
    confirm: ['draft'],
    discard: ['draft'],
    approve: ['submitted'],
    'approve-canary': ['submitted'],
    continue: ['applying'],
    reject: ['submitted'],
    withdraw: ['draft', 'submitted', 'approved'],
    close: ['needs-attention'],
    stop: ['approved', 'applying'],
  };
  if (rightStates[verb].includes(state)) return null;
  if (verb === 'close' || verb === 'stop' || verb === 'continue') return { type: 'wrong-state', state };
  if (before) return { type: 'already-decided', decision: before, state };
  if (verb === 'submit' && cell.tier !== 'T1') {
    return { type: 'already-decided', decision: 'submitted', state };
  }
  return state === 'expired' ? { type: 'expired' } : { type: 'wrong-state', state };
}

function outcomeOfPerson(cell: Cell): Expected {
  const { verb, tier, state } = cell;
  if (verb === 'submit' && tier === 'T1') return { type: 'wrong-state', state };
  if (verb === 'confirm' && tier !== 'T1') return { type: 'wrong-state', state };
  if (verb === 'approve-canary' && tier !== 'T2-many') return { type: 'wrong-state', state };
  if (verb === 'continue' && cell.voices !== 'mine-first') return denied('not-waited-for');
  const why = whyNot(cell);
  if (why !== null) return denied(why);
  if (verb === 'approve' && tier.startsWith('T3') && cell.given === 'nothing')
    return { type: 'count-needed' };
  if ((verb === 'reject' || verb === 'close') && cell.given === 'nothing') return { type: 'reason-needed' };
  if (verb === 'continue' && !cell.isHeld) return { type: 'wrong-state', state };
  const isTimed = ['submit', 'confirm', 'approve', 'approve-canary', 'reject'].includes(verb);
  if (isTimed && cell.isOverdue) return { type: 'expired' };
  return { type: 'recorded', verb, state: stateAfter(cell) };
}

function stateAfter({ verb, voices, state, tier }: Cell): PlanState {
  switch (verb) {
    case 'submit':
      return 'submitted';
    case 'confirm':
      return 'approved';
    case 'approve':
    case 'approve-canary': // a voice like any other
      return voices === 'others' || tier === 'T2-many' ? 'approved' : 'submitted';
    case 'continue':
      return 'applying';
    case 'reject':
      return 'rejected';
    case 'close':
      return 'failed'; // what is read back differs in this table
    case 'stop':
      return state; // the change that runs is finished first
    default:
      return 'withdrawn';
  }
}

/** Who somebody is comes first, then what the plan does to them, then what they hold. */
function whyNot(cell: Cell): string | null {
  const { verb, role, tenant, account } = cell;
  const onlyStops = verb === 'withdraw' || verb === 'discard' || (verb === 'stop' && cell.isRequester);
  const isApproval = verb === 'approve' || verb === 'approve-canary';
  if (isApproval && isSourceAlone(cell) && tenant !== 'source') return 'no-role'; // nobody is asked there
  if (role === 'unread') return onlyStops ? null : 'lookup-failed';
  if (account === 'unknown') return 'unknown-person';
  if (['ext-name', 'invited', 'redeemed', 'guest', 'untyped'].includes(account)) return 'guest';
  if (account !== 'member') return 'disabled';
  if (onlyStops) return null;
  if (cell.isNamed && tenant === 'source' && verb !== 'submit') return 'affected';
  return isEntitled(cell) ? null : missing(cell);
}

function isSourceAlone({ tier }: Cell): boolean {
  return tier === 'T1' || tier === 'T3-one' || tier === 'T2-many';
}

/** Holds now, in a tenant that counts, what the verb asks for. */
function isEntitled(cell: Cell): boolean {
  const { verb, role, tenant } = cell;
  const isOfLink = tenant === 'source' || tenant === 'target';
  const isOfChanged = tenant === 'source' || (tenant === 'target' && !isSourceAlone(cell));
  const isGroupOfChanged = tenant === 'source' || !isSourceAlone(cell);
  switch (verb) {
    case 'submit':
      return (isOfLink && ['all', 'some', 'some-eligible', 'global'].includes(role)) || role === 'operators';
    case 'confirm':
      return isOfChanged
        ? ['all', 'global', 'operators', 'approvers'].includes(role)
        : isGroupOfChanged && ['operators', 'approvers'].includes(role);
    default:
      if (isOfChanged && cell.tier === 'T2-many' && role.startsWith('some')) return true; // one step, one role
      return (isOfChanged && ['all', 'global'].includes(role)) || (isGroupOfChanged && role === 'approvers');
  }
}

/** Only those whose own tenant is changed are told to activate a role. */
function missing(cell: Cell): string {
  const { verb, role, tenant } = cell;
  const counts = verb === 'submit' ? tenant !== 'delegate' : tenant === 'source' || isTargetChanged(cell);
  return counts && (role === 'eligible' || role === 'some-eligible') ? 'eligible-only' : 'no-role';
}

function isTargetChanged(cell: Cell): boolean {
  return cell.tenant === 'target' && !isSourceAlone(cell);
}

function denied(why: string): Expected {
  return { type: 'not-allowed', why };
}
