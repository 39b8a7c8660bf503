import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { api } from './api';
import { Icon } from './icons';
import { change, told, useModel, useNow } from './model';
import { simulatedTime } from './time';

const minutes = 40;
const askEveryMs = 30_000;

/** The clock of the simulated tenants, and the button that moves it one sync cycle on. */
export function SimulatedClock(): JSX.Element | null {
  const { clock } = useModel();
  const now = useNow(5000);
  const [isMoving, setMoving] = useState(false);
  useEffect(() => {
    const ask = () =>
      void api.clock().then(
        (next) => change({ clock: told(next) }),
        () => undefined,
      );
    const timer = setInterval(ask, askEveryMs);
    return () => clearInterval(timer);
  }, []);

  async function advance(): Promise<void> {
    setMoving(true);
    try {
      const moved = await api.advance(`PT${minutes}M`);
      change({ clock: told(moved), notice: `The simulated clock moved ${minutes} minutes on.` });
    } catch (error) {
      change({ notice: (error as Error).message });
    } finally {
      setMoving(false);
    }
  }

  const shown = clock ? clock.simulatedMs + Math.max(0, now - clock.toldAtMs) * clock.speed : null;
  return (
    <div class="clock">
      {shown !== null && (
        <span class="clock-time" title="Time in the simulated tenants">
          <span class="clock-label">Simulated </span>
          <time dateTime={new Date(shown).toISOString()}>{simulatedTime(shown)}</time>
        </span>
      )}
      <button
        class="outlined"
        onClick={() => void advance()}
        disabled={isMoving}
        aria-label={`Advance ${minutes} minutes`}
        title="Moves the simulated tenants one sync cycle on"
      >
        {isMoving ? <span class="spinner" /> : <Icon name="forward" size={16} />}
        <span class="wide-only">Advance</span> {minutes} min
      </button>
    </div>
  );
}
