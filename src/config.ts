/** How a Graph application proves who it is. */
export type GraphCredential =
  | { readonly type: 'secret'; readonly secret: string }
  | { readonly type: 'certificate'; readonly path: string }
  | { readonly type: 'managed-identity'; readonly clientId: string }
  /** A managed identity's token is exchanged for the application's. */
  | { readonly type: 'federated'; readonly managedIdentityClientId: string }
  /** Local mode only: asks the simulator's token endpoint on loopback. */
  | { readonly type: 'simulator' };

export interface GraphApplication {
  readonly clientId: string;
  readonly credential: GraphCredential;
}

/** A pack is an app registration, because admin consent grants everything in a registration. */
export type PackName = 'read' | 'write' | 'phone';

export interface TenantConfig {
  readonly tenantId: string;
  readonly key: string;
  readonly displayName: string;
  readonly cloud: 'public' | 'usgov' | 'china';
  /** Entra groups (object ids) that count like the roles; `tenantId` tells whose group it is. */
  readonly groups: {
    readonly viewers?: { readonly tenantId: string; readonly groupId: string };
    readonly operators?: { readonly tenantId: string; readonly groupId: string };
    readonly approvers?: { readonly tenantId: string; readonly groupId: string };
  };
}

export interface Config {
  readonly mode: 'production' | 'local';
  readonly port: number;
  /** Where people's browsers reach us: the consent callback is `${publicUrl}/consent`. */
  readonly publicUrl: string;
  readonly dataDir: string;
  readonly databaseUrl: string | null;
  /** Origin of Graph: a national cloud's, or loopback in local mode. */
  readonly graphBaseUrl: string;
  /** Origin of the sign-in service, for consent links and tokens. */
  readonly authorityUrl: string;
  readonly writesEnabled: boolean;
  /** At least one; the allow-list (I12, I13). */
  readonly tenants: readonly TenantConfig[];
  readonly packs: {
    readonly read: GraphApplication;
    readonly write: GraphApplication;
    readonly phone: GraphApplication | null;
  };
  /** The bot's own identity; null only in local mode, where the connector is on loopback. */
  readonly bot: {
    readonly appId: string;
    readonly tenantId: string;
    readonly type: 'SingleTenant' | 'MultiTenant' | 'UserAssignedMsi';
    readonly credential: GraphCredential;
  } | null;
}
