import { BotError } from '../errors';

const portSettings: Readonly<Record<string, string>> = {
  bot: 'PORT',
  simulator: 'SIMULATOR_PORT',
  chat: 'CHAT_PORT',
};

/** Why a part could not start, for the person at the terminal: no stack for faults that they can mend. */
export function startFaultText(part: string, error: unknown): string {
  const { code, port } = Object(error) as { readonly code?: unknown; readonly port?: unknown };
  if (code === 'EADDRINUSE') {
    const setting = portSettings[part] ?? 'PORT';
    return `Port ${String(port)} is taken. End the program that has it, or set ${setting} to another port.`;
  }
  if (error instanceof BotError) return `The ${part} did not start (${error.doing}). ${error.remedy}`;
  const stack = error instanceof Error ? error.stack : String(error);
  return `The ${part} did not start.\n${stack}`;
}

/** 78 (EX_CONFIG) for what the person can mend, 1 for anything else (safety D1). */
export function exitCodeOf(error: unknown): number {
  const isMendable = error instanceof BotError || (Object(error) as { code?: unknown }).code === 'EADDRINUSE';
  return isMendable ? 78 : 1;
}
