import type { LinkKey } from '../store/links';
import type { Queue } from './queue';
import { watchedLinks, watchLink, type WatchPorts } from './watch';

export interface WatchingPorts extends WatchPorts {
  readonly schedule: Queue['schedule'];
  readonly everySeconds: number;
}

/** Keeps every link that has subscribers looked at: one schedule each, and shorter steps where minutes are too long. */
export class Watching {
  constructor(private readonly ports: WatchingPorts) {}

  async look(link: LinkKey): Promise<void> {
    await watchLink(this.ports, link);
    await this.lookSoon(link);
  }

  /** Schedules what has subscribers now, also links that were set up since. */
  async reschedule(): Promise<void> {
    await this.ports.schedule(await watchedLinks(this.ports), this.ports.everySeconds);
  }

  /** Somebody subscribed: the first look is what later ones are compared with, so it comes at once. */
  async anew(): Promise<void> {
    await this.reschedule();
    const { store, enqueue } = this.ports;
    const links = await watchedLinks(this.ports);
    await store.transaction(async (tx) => {
      for (const { sourceTenantId, targetTenantId } of links) {
        await enqueue(tx, { name: 'watch', sourceTenantId, targetTenantId });
      }
    });
  }

  /** A schedule knows whole minutes; a shorter pace goes from look to look, as long as there are subscribers. */
  private async lookSoon({ sourceTenantId, targetTenantId }: LinkKey): Promise<void> {
    const { store, enqueue, everySeconds } = this.ports;
    if (everySeconds >= 60) return;
    const isWatched = (await watchedLinks(this.ports)).some(
      (one) => one.sourceTenantId === sourceTenantId && one.targetTenantId === targetTenantId,
    );
    if (!isWatched) return;
    await store.transaction((tx) =>
      enqueue(tx, { name: 'watch', sourceTenantId, targetTenantId }, { afterSeconds: everySeconds }),
    );
  }
}
