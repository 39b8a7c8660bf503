/** The part of a tenant's world that belongs to the synchronization engine. Plain JSON. */
export interface SyncState {
  [name: string]: unknown;
}

export function newSyncState(): SyncState {
  return {};
}
