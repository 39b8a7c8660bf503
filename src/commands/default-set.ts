import { defaultFields, refusedFields, type DefaultField } from '../steps/default-fields';
import type { AdaptiveCard } from '../store/ports';
import { refusedCard } from '../cards/refused';
import type { CommandDefinition } from './definition';
import { draftPlan } from './draft';
import { faultyText } from './help-views';
import { nearest } from './nearest';
import { unknownTenant } from './not-found-views';
import { roleMissing } from './refusals';
import { mayOperate } from './standing';
import { listed } from './words';

const fieldNames = listed(defaultFields.map(({ name }) => name));

export const defaultSet: CommandDefinition = {
  name: 'default',
  aliases: [],
  group: 'Change',
  summary: 'Change an access setting for all partners of a tenant',
  details: `Every partner entry that leaves the setting to the default changes with it, and every tenant without an entry; approvers type how many entries that are. Two people of the tenant approve. Fields: ${fieldNames}. trust-… take on or off, the others allowed or blocked; values that open a tenant to the whole world are refused.`,
  arguments: [
    { name: 'set', kind: 'word' },
    { name: 'tenant', kind: 'tenant' },
    { name: 'field', kind: 'word' },
    { name: 'value', kind: 'word' },
  ],
  options: [],
  tier: 'T3',
  who: 'operator',
  examples: ({ target }) => [
    `default set ${target} trust-mfa on`,
    `default set ${target} b2b-inbound blocked`,
  ],
  async run(context, { words }) {
    const { tenants, standing, plans } = context;
    const line = `default ${Object.values(words).join(' ')}`;
    if (words['set']?.toLowerCase() !== 'set') return faultyText(line, defaultSet, 'Say default set.');
    const found = await tenants.find(words['tenant'] ?? '');
    if (found.outcome === 'unknown') return unknownTenant(found, tenants, 'tenants');
    const { tenant } = found;
    if (!standing || !mayOperate(standing, tenant)) {
      if (!standing) throw new Error('default set runs after consent only');
      return roleMissing(defaultSet, standing, null, tenant);
    }
    const wish = wishOf(line, words['field'] ?? '', words['value'] ?? '');
    if ('card' in wish) return wish.card;
    const { field, value } = wish;
    // A change of one tenant alone has that tenant at both ends.
    const link = { source: tenant, target: tenant };
    return draftPlan(context, link, {
      kind: 'default',
      desired: await plans.currentDesired(link),
      subject: {
        type: 'default',
        command: `default set ${tenant.key} ${field.name} ${value}`,
        displayName: `${field.title}: ${value}`,
        tenantId: tenant.tenantId,
        field: field.name,
        value,
      },
    });
  },
};

function wishOf(
  line: string,
  typedField: string,
  typedValue: string,
): { readonly field: DefaultField; readonly value: string } | { readonly card: AdaptiveCard } {
  const [name, value] = [typedField.toLowerCase(), typedValue.toLowerCase()];
  const reason = Object.hasOwn(refusedFields, name) ? refusedFields[name] : undefined;
  if (reason) return { card: refusal(name, reason) };
  const field = defaultFields.find((one) => one.name === name);
  if (!field) {
    const near = nearest(name, defaultFields, (one) => [one.name], 1)[0];
    const meant = near ? ` Did you mean ${near.name}?` : '';
    return { card: faultyText(line, defaultSet, `Fields are ${fieldNames}.${meant}`) };
  }
  const rule = Object.hasOwn(field.values, value) ? field.values[value] : undefined;
  if (!rule) {
    const values = listed(Object.keys(field.values), 'or');
    return { card: faultyText(line, defaultSet, `${field.name} is ${values}.`) };
  }
  return 'refused' in rule
    ? { card: refusal(`${field.name} ${value}`, `As a default, ${rule.refused}`) }
    : { field, value };
}

/** Nobody may: the reason says what to do instead. */
function refusal(what: string, reason: string): AdaptiveCard {
  return refusedCard({
    what: `default set ${what}`,
    reason,
    whoMay: 'Nobody, through me.',
    eligibleRoles: [],
  });
}
