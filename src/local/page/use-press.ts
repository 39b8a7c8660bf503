import { useRef, useState } from 'preact/hooks';
import type { Press } from '../protocol';
import { api } from './api';

/** What the bot said to a press, or what went wrong. */
export interface Note {
  readonly isError: boolean;
  readonly text: string;
}

export interface Pressing {
  readonly isBusy: boolean;
  readonly note: Note | null;
  setNote(note: Note | null): void;
  /** Sends a press; one at a time. The button shows that it is under way. */
  press(action: Press['action'], button: HTMLElement | undefined): void;
}

function errorNote(error: unknown): Note {
  return { isError: true, text: (error as Error).message };
}

export function usePress(on: Omit<Press, 'action'>): Pressing {
  const isUnderWay = useRef(false);
  const [isBusy, setBusy] = useState(false);
  const [note, setNote] = useState<Note | null>(null);

  async function send(action: Press['action'], button: HTMLElement | undefined): Promise<void> {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    button?.classList.add('is-pressed');
    setBusy(true);
    setNote(null);
    try {
      const came = await api.press({ ...on, action });
      if ('text' in came) setNote({ isError: came.outcome === 'error', text: came.text });
    } catch (error) {
      setNote(errorNote(error));
    } finally {
      isUnderWay.current = false;
      button?.classList.remove('is-pressed');
      setBusy(false);
    }
  }
  return { isBusy, note, setNote, press: (action, button) => void send(action, button) };
}
