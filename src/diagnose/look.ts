import { listAssignments, type AppRoleAssignment } from '../graph/app-role-assignments';
import { readAuthorizationPolicy } from '../graph/authorization-policy';
import type { GraphRead } from '../graph/client';
import { findConfiguration } from '../graph/configurations';
import {
  findIdentitySynchronization,
  findPartner,
  readDefaultPolicy,
} from '../graph/cross-tenant-access-policy';
import { readOrganization } from '../graph/organization';
import { licencesOf, listSubscribedSkus } from '../graph/subscribed-skus';
import { findCrossTenantJob } from '../graph/synchronization-jobs';
import { findSchema } from '../graph/synchronization-schema';
import type { PackName } from '../config';
import type { ProbeResult } from '../graph/probe';
import type { Link, Side, Tenant } from '../plan/types';
import { readScope } from './scope';

export type ProbePack = (tenantId: string, pack: PackName) => Promise<readonly ProbeResult[]>;

/**
 * One look at a link: every object is read at most once, when a check first asks for it. Nothing is kept afterwards,
 * so a look is as old as its first question and no older.
 */
export class Look {
  private readonly seen = new Map<string, Promise<unknown>>();

  constructor(
    readonly link: Link,
    readonly source: GraphRead,
    readonly target: GraphRead,
    private readonly tryPack: ProbePack,
  ) {}

  /** Which permissions of a pack work on this side, by harmless reads. */
  probe(side: Side, pack: PackName): Promise<readonly ProbeResult[]> {
    return this.once(`probe ${side} ${pack}`, () => this.tryPack(this.tenant(side).tenantId, pack));
  }

  tenant(side: Side): Tenant {
    return side === 'source' ? this.link.source : this.link.target;
  }

  graph(side: Side): GraphRead {
    return side === 'source' ? this.source : this.target;
  }

  /** The tenant on the other end, as seen from this side. */
  other(side: Side): Tenant {
    return side === 'source' ? this.link.target : this.link.source;
  }

  organization(side: Side) {
    return this.once(`organization ${side}`, () => readOrganization(this.graph(side)));
  }

  licences(side: Side) {
    return this.once(`licences ${side}`, async () => licencesOf(await listSubscribedSkus(this.graph(side))));
  }

  defaults(side: Side) {
    return this.once(`defaults ${side}`, () => readDefaultPolicy(this.graph(side)));
  }

  partner(side: Side) {
    return this.once(`partner ${side}`, () => findPartner(this.graph(side), this.other(side).tenantId));
  }

  identitySynchronization() {
    return this.once('identity', () => findIdentitySynchronization(this.target, this.link.source.tenantId));
  }

  invitations(side: Side) {
    return this.once(`invitations ${side}`, () => readAuthorizationPolicy(this.graph(side)));
  }

  configuration() {
    return this.once('configuration', () => findConfiguration(this.source, this.link.target));
  }

  job() {
    return this.once('job', async () => {
      const configuration = await this.configuration();
      return configuration && findCrossTenantJob(this.source, configuration.id);
    });
  }

  schema() {
    return this.once('schema', async () => {
      const [configuration, job] = [await this.configuration(), await this.job()];
      return configuration && job && findSchema(this.source, configuration.id, job.id);
    });
  }

  /** Who is assigned; empty when there is no configuration yet. */
  assignments(): Promise<readonly AppRoleAssignment[]> {
    return this.once('assignments', async () => {
      const configuration = await this.configuration();
      return configuration ? (await listAssignments(this.source, configuration.id)).items : [];
    });
  }

  /** The users behind the assignments, bounded. */
  scope() {
    return this.once('scope', async () => readScope(this.source, await this.assignments()));
  }

  private once<T>(name: string, read: () => Promise<T>): Promise<T> {
    const known = this.seen.get(name) as Promise<T> | undefined;
    if (known) return known;
    const fresh = read();
    this.seen.set(name, fresh);
    return fresh;
  }
}
