import type { Change, Link, Tenant } from '../../plan/types';
import type { Look } from '../../diagnose/look';
import type { GraphRead } from '../../graph/client';
import type { Value } from './quote';

/** One thing to run. `command` is one line of PowerShell, complete: nothing in it is to be filled in. */
export interface Line {
  /** What it does, for the reader; never part of what is copied. */
  readonly about: string;
  readonly command: string;
}

/** A command that older guides give for the same thing, and why it does not do it (facts 8). */
export interface Outdated {
  readonly command: string;
  readonly why: string;
}

/** The lines for one tenant, in a session of its own. */
export interface TenantScript {
  readonly tenant: Tenant;
  /** Delegated permissions to connect with. */
  readonly scopes: readonly string[];
  readonly lines: readonly Line[];
}

export interface Script {
  readonly parts: readonly TenantScript[];
  readonly outdated: readonly Outdated[];
  /** Changes of an old plan that no row writes down any more. */
  readonly missing?: number;
}

/** Why there is no script; a whole sentence. */
export interface NoScript {
  readonly none: string;
}

/** One approved or planned change, ready to be written down. */
export interface ChangeScene {
  readonly change: Change;
  readonly link: Link;
  /** A parameter of the change: its text, or the variable that stands for an id of this plan. */
  value(parameter: string): Value;
}

/** How one write operation looks in PowerShell. */
export interface WriteRow {
  lines(scene: ChangeScene): readonly Line[];
  readonly outdated?: readonly Outdated[];
}

/** What a read command was asked, looked up already. */
export interface ReadScene {
  readonly link: Link | null;
  /** Set whenever `link` is. */
  readonly look: Look | null;
  /** Tenants that the person may see. */
  readonly tenants: readonly Tenant[];
  readonly words: Readonly<Record<string, string>>;
  readonly options: Readonly<Record<string, string>>;
  read(tenantId: string): GraphRead;
}

/** How one read command looks in PowerShell. */
export interface ReadRow {
  script(scene: ReadScene): Promise<Script | NoScript>;
}
