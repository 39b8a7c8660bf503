/** Brings together a message's id and those who want to know it, whichever comes first. */
export class Shown {
  private activityId: string | null = null;
  private readonly listeners: ((activityId: string) => void)[] = [];

  /** Calls back with the id of the message that shows the answer; never when Teams gave none. */
  readonly whenShown = (listener: (activityId: string) => void): void => {
    if (this.activityId !== null) listener(this.activityId);
    else this.listeners.push(listener);
  };

  tell(activityId: string): void {
    this.activityId = activityId;
    for (const listener of this.listeners.splice(0)) listener(activityId);
  }
}
