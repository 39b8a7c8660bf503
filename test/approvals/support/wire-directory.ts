import type { DirectoryPerson } from '../../../src/approvals/directory';
import { personSchema } from '../../../src/graph/directory';
import { roleTemplates } from '../../../src/graph/role-templates';
import type { Person } from '../../../src/plan/types';
import { FakeDirectory } from '../../helpers/fake-directory';
import type { Cell } from './cells';

const { securityAdministrator: security, hybridIdentityAdministrator: hybrid } = roleTemplates;

const accounts: Readonly<Record<Exclude<Cell['account'], 'unknown'>, Readonly<Record<string, unknown>>>> = {
  member: {},
  'ext-name': { userPrincipalName: 'ann_other.example#EXT#@one.example' },
  invited: { creationType: 'Invitation' },
  redeemed: { externalUserState: 'Accepted' },
  guest: { userType: 'Guest' },
  untyped: { userType: null },
  disabled: { accountEnabled: false },
  'state-unread': { accountEnabled: null },
};
const member = {
  displayName: 'Somebody',
  userPrincipalName: 'somebody@one.example',
  userType: 'Member',
  accountEnabled: true,
};

const actives: Partial<Record<Cell['role'], readonly string[]>> = {
  all: [security, hybrid],
  some: [security],
  'some-eligible': [security],
  removed: [security, hybrid],
  global: [roleTemplates.globalAdministrator],
  reader: [roleTemplates.globalReader],
};
const eligibles: Partial<Record<Cell['role'], readonly string[]>> = {
  'some-eligible': [hybrid],
  eligible: [security, hybrid],
};

/** A directory whose people are shown as Graph shows them: who is external is judged by the real reading of a user. */
export class WireDirectory extends FakeDirectory {
  private readonly wire = new Map<string, Readonly<Record<string, unknown>>>();

  override async readPerson(tenantId: string, objectId: string): Promise<DirectoryPerson | undefined> {
    await super.readPerson(tenantId, objectId);
    const user = this.wire.get(`${tenantId}/${objectId}`);
    return user && personSchema.parse({ id: objectId, ...user });
  }

  /** Somebody who may approve every plan of their tenant. */
  addApprover(tenantId: string, name: string): Person {
    const person = this.add(tenantId, name, { roles: [security, hybrid] });
    this.wire.set(`${tenantId}/${person.objectId}`, member);
    return person;
  }

  /** How Graph shows somebody from now on; `null` = it does not know them. */
  change({ tenantId, objectId }: Person, fields: Readonly<Record<string, unknown>> | null): void {
    this.wire.delete(`${tenantId}/${objectId}`);
    if (fields) this.wire.set(`${tenantId}/${objectId}`, { ...member, ...fields });
  }

  /** The person of a cell as they were when the card was drawn. */
  show({ role, account, tenant }: Cell, { tenantId, objectId }: Person): void {
    this.add(tenantId, `one-${tenant}`, {
      roles: [...(actives[role] ?? [])],
      eligible: [...(eligibles[role] ?? [])],
      groups: role === 'approvers' || role === 'operators' ? [role] : [],
    });
    this.wire.delete(`${tenantId}/${objectId}`);
    if (account !== 'unknown') this.wire.set(`${tenantId}/${objectId}`, { ...member, ...accounts[account] });
    this.isDown = role === 'unread';
  }
}
