export interface ChatOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Where the bot takes activities, e.g. `http://127.0.0.1:3978/api/messages`. */
  readonly botUrl: string;
  /** Origin of the simulated tenants. */
  readonly simulatorUrl: string;
  /** Keeps conversations over a restart; nothing is kept without it. */
  readonly stateFile?: string;
}

export interface Chat {
  /** Origin, e.g. `http://127.0.0.1:3980`: the page is at `/`, the connector (serviceUrl) at `/connector`. */
  readonly url: string;
  close(): Promise<void>;
}
