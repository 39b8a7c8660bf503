import { plain } from './text';

/** What a decision button carries: never more than this (I4). */
export interface PlanTicket {
  readonly planId: string;
  readonly revision: number;
  readonly nonce: string;
}

export type DecisionVerb =
  'submit' | 'confirm' | 'discard' | 'approve' | 'approve-canary' | 'continue' | 'reject' | 'withdraw';

export type ButtonStyle = 'default' | 'positive' | 'destructive';

export interface ButtonOptions {
  readonly style?: ButtonStyle;
  /** True when the inputs of the card belong to the press: they must be complete and come along by id. */
  readonly usesInputs?: boolean;
}

/** An `Action` element of Adaptive Cards 1.5. */
export type Button = { readonly type: string; readonly title: string; readonly [key: string]: unknown };

/** Handled exactly as if the person who presses it had typed the command. */
export function commandButton(title: string, command: string, options: ButtonOptions = {}): Button {
  return pressButton(title, 'command', { command }, options);
}

/** Carries which plan and which revision was shown; what it may do is decided at the press (I4). */
export function decisionButton(
  title: string,
  decision: DecisionVerb,
  ticket: PlanTicket,
  options: ButtonOptions = {},
): Button {
  const { planId, revision, nonce } = ticket;
  return pressButton(title, 'decide', { decision, planId, revision, nonce }, options);
}

export function linkButton(title: string, url: string, style: ButtonStyle = 'default'): Button {
  return { type: 'Action.OpenUrl', title: plain(title).plain, ...styleOf(style), url };
}

/** Opens more of the same card below its buttons. */
export function showButton(title: string, body: readonly unknown[], buttons: readonly Button[] = []): Button {
  const inner = {
    type: 'AdaptiveCard',
    version: '1.5',
    body,
    ...(buttons.length > 0 ? { actions: buttons } : {}),
  };
  return { type: 'Action.ShowCard', title: plain(title).plain, card: inner };
}

function pressButton(
  title: string,
  verb: string,
  data: Readonly<Record<string, string | number>>,
  options: ButtonOptions,
): Button {
  const shared = {
    title: plain(title).plain,
    ...styleOf(options.style),
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

function styleOf(style: ButtonStyle = 'default'): { readonly style?: ButtonStyle } {
  return style === 'default' ? {} : { style };
}
