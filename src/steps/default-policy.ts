import {
  listPartners,
  readDefaultPolicy,
  updateDefaultPolicy,
  type DefaultPolicy,
} from '../graph/cross-tenant-access-policy';
import { rolesFor } from '../graph/role-templates';
import type { Change, JsonValue, Step, StepContext } from '../plan/types';
import { defaultFields, inheriting, type DefaultField } from './default-fields';
import { policyPermissions } from './partner-step';
import { subjectOf } from './subject-of';

interface Observed {
  readonly policy: DefaultPolicy;
  /** Partner entries that inherit the block. */
  readonly inheriting: number;
}

/** Changes one field of the default access settings: every partner that inherits it changes too (facts 3.2, 3.3). */
export const defaultPolicy: Step<Observed> = {
  name: 'default-policy',
  side: 'target',
  tier: 'T3',
  roleTemplateIds: rolesFor.crossTenantAccess,
  permissions: policyPermissions,
  title: (context) => {
    const { field, value } = wishOf(context);
    return `${field.title} in ${context.link.target.displayName}: ${value}`;
  },
  meaning: (context) => {
    const { field, value } = wishOf(context);
    const words = field.values[value];
    if (!words) return '';
    return 'meaning' in words ? words.meaning : words.refused;
  },
  async observe(context) {
    const [policy, partners] = await Promise.all([
      readDefaultPolicy(context.target),
      listPartners(context.target),
    ]);
    return { policy, inheriting: inheriting(partners, wishOf(context).field.block).length };
  },
  diff(context, observed) {
    const { field, value } = wishOf(context);
    const now = field.current(observed.policy);
    if (now === value) return [];
    const change: Change = {
      operation: 'default.update',
      title: `${field.title}, for every partner that follows the default`,
      fields: fieldsOf(field, observed.policy, now, value),
      parameters: { block: field.block, value: field.changed(observed.policy, value) },
      affectedUsers: observed.inheriting,
      undo: now === null ? partlySet : true,
    };
    return [change];
  },
  async apply(write, { parameters }) {
    const block = String(parameters['block']);
    return { requestIds: await updateDefaultPolicy(write, { [block]: parameters['value'] }) };
  },
};

const partlySet =
  'It was set for some people or applications only. The plan keeps what it was; restore it in the Entra admin center.';

/** A setting for some people only is kept in full, so that it can be put back. */
function fieldsOf(field: DefaultField, policy: DefaultPolicy, now: string | null, value: string) {
  const whole = JSON.parse(JSON.stringify(policy[field.block] ?? null)) as JsonValue;
  return now === null
    ? [{ field: field.block, before: whole, after: value }]
    : [{ field: field.name, before: now, after: value }];
}

/** @throws Error for a field that the command would have refused: our own fault */
function wishOf(context: StepContext): { readonly field: DefaultField; readonly value: string } {
  const subject = subjectOf(context, 'default');
  const field = defaultFields.find(({ name }) => name === subject.field);
  if (!field) throw new Error(`no default field ${subject.field}`);
  return { field, value: String(subject.value) };
}
