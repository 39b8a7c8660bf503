import { crossTenantSyncTemplateId } from '../../graph/service-principals';
import { operations, type OperationName, type PermissionNeeds } from '../../graph/operations';
import type { Change, Link, PlanContent, PlannedStep, ResolvedIds, Tenant } from '../../plan/types';
import { filter, quoted, type Value } from './quote';
import type { ChangeScene, Line, Outdated, Script, TenantScript } from './script';
import { writeRows } from './writes';

type IdName = keyof ResolvedIds;

/** What the lines of an operation set for the lines after them. */
const setBy: Readonly<Partial<Record<OperationName, readonly IdName[]>>> = {
  'applicationTemplates.instantiate': ['servicePrincipalId', 'appRoleId'],
  'jobs.create': ['jobId'],
};

/** Ids that the plan names but does not make. */
export function idsToLookUp(content: PlanContent): readonly IdName[] {
  const made = new Set<string>();
  const wanted = new Set<IdName>();
  for (const change of content.steps.flatMap((step) => step.changes)) {
    for (const name of variablesOf(change)) if (!made.has(name)) wanted.add(name);
    if (isKnown(change.operation)) for (const name of setBy[change.operation] ?? []) made.add(name);
  }
  return [...wanted];
}

/** A plan's changes as cmdlets, tenant by tenant, in the order of the plan; `known` are ids that exist already. */
export function planScript(
  content: PlanContent,
  link: Link,
  known: ResolvedIds,
  mayShow: (tenant: Tenant) => boolean,
): Script {
  const parts: TenantScript[] = [];
  for (const steps of runsOfOneTenant(content.steps)) {
    const tenant = link[steps[0]?.side ?? 'source'];
    if (!mayShow(tenant)) continue;
    const changes = steps.flatMap((step) => step.changes);
    const first = tenant === link.source ? lookUps(idsToLookUp(content), known, link) : [];
    parts.push({
      tenant,
      scopes: [...new Set(changes.flatMap(scopesOf))],
      lines: [...first, ...changes.flatMap((change) => linesOf(change, link))],
    });
  }
  const shownChanges = content.steps
    .filter((step) => mayShow(link[step.side]))
    .flatMap((step) => step.changes);
  const older = shownChanges.flatMap((change) => rowOf(change)?.outdated ?? []);
  const missing = shownChanges.filter((change) => !isKnown(change.operation)).length;
  return { parts, outdated: uniqueOutdated(older), ...(missing > 0 ? { missing } : {}) };
}

/** Each older command once. */
export function uniqueOutdated(all: readonly Outdated[]): readonly Outdated[] {
  return all.filter((one, index) => all.findIndex(({ command }) => command === one.command) === index);
}

function runsOfOneTenant(steps: readonly PlannedStep[]): readonly (readonly PlannedStep[])[] {
  const runs: PlannedStep[][] = [];
  for (const step of steps) {
    const last = runs.at(-1);
    if (last?.[0]?.side === step.side) last.push(step);
    else runs.push([step]);
  }
  return runs;
}

function linesOf(change: Change, link: Link): readonly Line[] {
  const scene: ChangeScene = { change, link, value: (parameter) => valueOf(change, parameter) };
  return rowOf(change)?.lines(scene) ?? [];
}

/** `$configuration.servicePrincipalId` stands for an id that the plan makes or finds: a variable of that name. */
function valueOf(change: Change, parameter: string): Value {
  const value = change.parameters[parameter] ?? '';
  const variable = variableOf(value);
  return variable ? { variable } : { literal: typeof value === 'string' ? value : JSON.stringify(value) };
}

function variableOf(value: unknown): IdName | undefined {
  if (typeof value !== 'string' || !/^\$[a-z]+\.[A-Za-z]+$/i.test(value)) return undefined;
  const name = value.slice(value.indexOf('.') + 1);
  return idNames.find((one) => one === name);
}

const idNames: readonly IdName[] = ['servicePrincipalId', 'appRoleId', 'jobId', 'ruleId'];

function variablesOf(change: Change): readonly IdName[] {
  return Object.values(change.parameters).flatMap((value) => variableOf(value) ?? []);
}

/** Sets the ids that exist already; one that could not be read is looked up by the script itself. */
function lookUps(names: readonly IdName[], known: ResolvedIds, { target }: Link): readonly Line[] {
  const configuration = `Get-MgServicePrincipal -Filter ${filter('displayName', target.displayName)} | Where-Object ApplicationTemplateId -eq ${quoted(crossTenantSyncTemplateId)}`;
  const commands: Readonly<Record<IdName, string>> = {
    servicePrincipalId: `(${configuration}).Id`,
    appRoleId: `(${configuration}).AppRoles[0].Id`,
    jobId: '(Get-MgServicePrincipalSynchronizationJob -ServicePrincipalId $servicePrincipalId)[0].Id',
    ruleId: `((Get-MgServicePrincipalSynchronizationJobSchema -ServicePrincipalId $servicePrincipalId -SynchronizationJobId $jobId).SynchronizationRules | Where-Object Name -eq 'USER_INBOUND_USER').Id`,
  };
  return idNames
    .filter((name) => names.includes(name))
    .map((name) => {
      const id = known[name];
      return { about: aboutId[name], command: `$${name} = ${id ? quoted(id) : commands[name]}` };
    });
}

const aboutId: Readonly<Record<IdName, string>> = {
  servicePrincipalId: 'The configuration application of this link',
  appRoleId: 'Its app role',
  jobId: 'Its synchronization job',
  ruleId: 'The rule for users',
};

function rowOf({ operation }: Change) {
  return isKnown(operation) ? writeRows[operation] : undefined;
}

function isKnown(operation: string): operation is OperationName {
  return Object.hasOwn(operations, operation);
}

function scopesOf({ operation }: Change): readonly string[] {
  return isKnown(operation) ? delegatedScopes(operations[operation].needs) : [];
}

/** One permission of each group that people can be given; "owned by" is for applications only (facts 1.2). */
export function delegatedScopes(needs: PermissionNeeds): readonly string[] {
  return needs.flatMap((group) => group.find((name) => !name.endsWith('.OwnedBy')) ?? []);
}
