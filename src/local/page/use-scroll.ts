import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

const nearPx = 60;

export interface Scroll {
  readonly log: { current: HTMLDivElement | null };
  /** Something came below, or changed above, while the reader was elsewhere: id of that message. */
  readonly missed: { readonly id: string; readonly where: 'below' | 'above' } | null;
  readonly isAtEnd: boolean;
  goTo(id: string | null): void;
}

/** Keeps a log at its end while the reader is there, and says what came while they were not. */
export function useScroll(newestId: string, changedId: string, changedRevision: number): Scroll {
  const log = useRef<HTMLDivElement>(null);
  const isFollowing = useRef(true);
  const [isAtEnd, setAtEnd] = useState(true);
  const [missed, setMissed] = useState<Scroll['missed']>(null);
  const seenRevision = useRef(changedRevision);

  const toEnd = () => log.current?.scrollTo({ top: log.current.scrollHeight });

  useEffect(() => {
    const place = log.current;
    if (!place) return;
    const onScroll = () => {
      const isNear = place.scrollHeight - place.scrollTop - place.clientHeight < nearPx;
      isFollowing.current = isNear;
      setAtEnd(isNear);
      if (isNear) setMissed((was) => (was?.where === 'below' ? null : was));
    };
    const grown = new ResizeObserver(() => (isFollowing.current ? toEnd() : onScroll()));
    grown.observe(place);
    if (place.firstElementChild) grown.observe(place.firstElementChild);
    place.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      grown.disconnect();
      place.removeEventListener('scroll', onScroll);
    };
  }, []);

  useLayoutEffect(() => {
    if (isFollowing.current) toEnd();
    else if (newestId) setMissed({ id: newestId, where: 'below' });
  }, [newestId]);

  useEffect(() => {
    if (changedRevision <= seenRevision.current) return;
    seenRevision.current = changedRevision;
    const place = log.current;
    const changed = place?.querySelector(`[data-message="${CSS.escape(changedId)}"]`);
    if (place && changed && changed.getBoundingClientRect().bottom < place.getBoundingClientRect().top + 40) {
      setMissed({ id: changedId, where: 'above' });
    }
  }, [changedRevision]);

  return {
    ...{ log, missed, isAtEnd },
    goTo(id) {
      setMissed(null);
      const target = id && log.current?.querySelector(`[data-message="${CSS.escape(id)}"]`);
      if (target) target.scrollIntoView({ block: 'center' });
      else toEnd();
    },
  };
}
