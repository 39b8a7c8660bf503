import { existsSync, readFileSync, renameSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { log } from '../log';
import { newState, type ChatState } from './memory';

export interface StateFile {
  readonly state: ChatState;
  /** Writes soon; many changes become one write. */
  saveSoon(): void;
  /** Writes what is not written yet. */
  flush(): Promise<void>;
}

const delayMs = 150;

/** A message that was on its way when the process ended counts as not delivered: the person may send it again. */
function withoutUnfinished(state: ChatState): ChatState {
  for (const conversation of Object.values(state.conversations)) {
    conversation.messages = conversation.messages.map((message) =>
      message.delivery === 'sending' ? { ...message, delivery: 'failed' } : message,
    );
  }
  return state;
}

function load(path: string): ChatState {
  if (!existsSync(path)) return newState();
  try {
    const state = JSON.parse(readFileSync(path, 'utf8')) as ChatState;
    if (state.version === 1 && typeof state.conversations === 'object') return withoutUnfinished(state);
  } catch {
    // Not readable: told and kept aside below.
  }
  renameSync(path, `${path}.unreadable`);
  log.warn('the chat starts empty: its state file was not readable and is kept aside', { part: 'chat' });
  return newState();
}

/** State that outlives the process: a new file takes the old one's place in one step. */
export function openStateFile(path: string | undefined): StateFile {
  const state = path ? load(path) : newState();
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();

  async function write(target: string): Promise<void> {
    await mkdir(dirname(target), { recursive: true });
    await writeFile(`${target}.new`, JSON.stringify(state), { mode: 0o600 });
    await rename(`${target}.new`, target);
  }

  function save(): Promise<void> {
    timer = null;
    if (!path) return Promise.resolve();
    writing = writing
      .then(() => write(path))
      .catch(() => log.error('the chat could not keep its state', { part: 'chat' }));
    return writing;
  }

  return {
    state,
    saveSoon() {
      timer ??= setTimeout(() => void save(), delayMs);
    },
    async flush() {
      if (!timer) return writing;
      clearTimeout(timer);
      return save();
    },
  };
}
