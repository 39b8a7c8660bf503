/** What a decision button carries: never more than this (I4). */
export interface PlanTicket {
  readonly planId: string;
  readonly revision: number;
  readonly nonce: string;
}

export type DecisionVerb = 'submit' | 'confirm' | 'discard' | 'approve' | 'reject' | 'withdraw';

export type ButtonStyle = 'default' | 'positive' | 'destructive';

export interface ButtonOptions {
  readonly style?: ButtonStyle;
  /** False when the inputs of the card neither matter nor need to be complete. */
  readonly usesInputs?: boolean;
}

/** An `Action` element of Adaptive Cards 1.5. */
export type Button = { readonly type: string; readonly title: string; readonly [key: string]: unknown };

/** Handled exactly as if the person had typed the command; inputs of the card come along by id. */
export function commandButton(title: string, command: string, options: ButtonOptions = {}): Button {
  return pressButton(title, 'command', { command }, options);
}

export function decisionButton(
  title: string,
  decision: DecisionVerb,
  ticket: PlanTicket,
  options: ButtonOptions = {},
): Button {
  const { planId, revision, nonce } = ticket;
  return pressButton(title, 'decide', { decision, planId, revision, nonce }, options);
}

function pressButton(
  title: string,
  verb: string,
  data: Readonly<Record<string, string | number>>,
  options: ButtonOptions,
): Button {
  const shared = {
    title,
    ...(options.style && options.style !== 'default' ? { style: options.style } : {}),
    associatedInputs: options.usesInputs ? 'auto' : 'none',
  };
  return {
    type: 'Action.Execute',
    ...shared,
    verb,
    data,
    fallback: { type: 'Action.Submit', ...shared, data: { ...data, verb } },
  };
}
