import { randomBytes, randomInt } from 'node:crypto';
import type { ConsentPack, ConnectView } from '../cards/connect';
import type { Config, PackName } from '../config';
import type { Graph } from '../graph/create-graph';
import { packs } from '../graph/permissions';
import type { ProbeResult } from '../graph/probe';
import type { Person, Tenant } from '../plan/types';
import {
  findInvitation,
  saveConsent,
  saveInvitation,
  takeConsent,
  type TakenConsent,
} from '../store/consents';
import type { Store } from '../store/db';
import { sha256 } from '../store/sha256';

const linkHours = 1;
const invitationHours = 24;
/** Letters and digits that cannot be mistaken for each other. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const packTitles: Readonly<Record<PackName, string>> = { read: 'Read', write: 'Write', phone: 'Phone fix' };

/** Consent of tenants: links with a random state, invitations, and what probes say was really granted. */
export class ConsentDesk {
  constructor(
    private readonly config: Pick<Config, 'authorityUrl' | 'publicUrl' | 'packs'>,
    private readonly graph: Pick<Graph, 'probe' | 'dropTokens'>,
    private readonly store: Pick<Store, 'db'>,
  ) {}

  /** The packs that the settings name an application for. */
  packNames(): readonly PackName[] {
    return (['read', 'write', 'phone'] as const).filter((pack) => this.config.packs[pack] !== null);
  }

  async probe(tenantId: string): Promise<ReadonlyMap<PackName, readonly ProbeResult[]>> {
    const names = this.packNames();
    const results = await Promise.all(names.map((pack) => this.graph.probe(tenantId, pack)));
    return new Map(names.map((pack, index) => [pack, results[index] ?? []]));
  }

  /** The consent card's content; with links when `offer` says for whom they are made. */
  async view(
    tenant: Tenant,
    offer: { readonly person: Person; readonly conversationId: string } | null,
    now: Date,
    consentFault: string | null = null,
  ): Promise<ConnectView> {
    const probes = await this.probe(tenant.tenantId);
    const expiresAt = new Date(now.getTime() + linkHours * 3_600_000);
    const shown: ConsentPack[] = [];
    for (const [pack, results] of probes) {
      const isOffered = offer !== null && packState(results) !== 'granted';
      const consentUrl = isOffered ? await this.makeLink(tenant, pack, offer, expiresAt) : null;
      shown.push({ ...packView(pack, results), consentUrl });
    }
    const needed = [...probes].filter(([pack]) => pack !== 'phone').flatMap(([, results]) => results);
    return {
      tenant,
      packs: shown,
      probes: {
        passed: needed.filter(({ ok }) => ok).length,
        total: needed.length,
        faults: faultsOf(probes),
      },
      consentFault,
      expiresAt: offer ? expiresAt.toISOString() : null,
    };
  }

  /** A code that lets somebody of that tenant open the consent card there; valid for 24 hours. */
  async invite(tenant: Tenant, invitedBy: Person, now: Date): Promise<{ code: string; expiresAt: string }> {
    const random = Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)]).join('');
    const code = `${(tenant.key[0] ?? 'T').toUpperCase()}-${random}`;
    const expiresAt = new Date(now.getTime() + invitationHours * 3_600_000);
    await saveInvitation(this.store.db, {
      codeHash: sha256(code),
      tenantId: tenant.tenantId,
      invitedBy,
      expiresAt,
    });
    return { code, expiresAt: expiresAt.toISOString() };
  }

  /** Whether the code is good for a member of that tenant; a wrong, an old and another tenant's code look alike. */
  async isInvited(code: string, tenant: Tenant): Promise<boolean> {
    return findInvitation(this.store.db, sha256(code.trim().toUpperCase()), tenant.tenantId);
  }

  async take(state: string): Promise<TakenConsent | undefined> {
    return takeConsent(this.store.db, sha256(state));
  }

  /** New permissions show only in new tokens (facts 1.1). */
  dropTokens(tenantId: string): void {
    this.graph.dropTokens(tenantId);
  }

  private async makeLink(
    tenant: Tenant,
    pack: PackName,
    offer: { readonly person: Person; readonly conversationId: string },
    expiresAt: Date,
  ): Promise<string | null> {
    const application = this.config.packs[pack];
    if (!application) return null;
    const state = randomBytes(32).toString('base64url');
    await saveConsent(this.store.db, {
      stateHash: sha256(state),
      tenantId: tenant.tenantId,
      pack,
      requestedBy: offer.person,
      conversationId: offer.conversationId,
      expiresAt,
    });
    const query = new URLSearchParams({
      client_id: application.clientId,
      state,
      redirect_uri: `${this.config.publicUrl}/consent`,
    });
    return `${this.config.authorityUrl}/${encodeURIComponent(tenant.tenantId)}/adminconsent?${query}`;
  }
}

/** Where nothing of a pack was consented, its row says so; single faults are told where it was. */
function faultsOf(probes: ReadonlyMap<PackName, readonly ProbeResult[]>): ConnectView['probes']['faults'] {
  return [...probes].flatMap(([pack, results]) => {
    const missing = results.filter(({ ok }) => !ok);
    const isWhole = missing.length === results.length && new Set(missing.map(({ why }) => why)).size === 1;
    if (pack === 'phone' || isWhole) return [];
    return missing.map(({ name, why }) => ({ name, reason: why }));
  });
}

/** Granted when every probe passed and at least one proves it. */
export function packState(results: readonly ProbeResult[]): 'granted' | 'missing' | 'unknown' {
  if (results.some(({ ok }) => !ok)) return 'missing';
  return results.some(({ isProven }) => isProven) ? 'granted' : 'unknown';
}

function packView(pack: PackName, results: readonly ProbeResult[]): Omit<ConsentPack, 'consentUrl'> {
  return {
    name: packTitles[pack],
    isRequired: pack === 'read',
    state: packState(results),
    permissions: packs[pack].map(({ name, use }) => {
      const probe = results.find((result) => result.name === name);
      return { name, why: use, isGranted: probe ? (probe.ok && !probe.isProven ? null : probe.ok) : null };
    }),
  };
}

export function packTitle(pack: PackName): string {
  return packTitles[pack];
}
