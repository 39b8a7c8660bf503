import { knownAttributes } from '../engine/attribute-names';
import { mappingLinesOf } from '../engine/mapping-lines';
import type { CommandDefinition } from './definition';
import { draftPlan } from './draft';
import { lookAt } from './look-at';
import { nearest } from './nearest';
import { badInput } from './not-found-views';
import { linkName } from './tenant-names';
import { spelled, typedSource } from './typed-source';

export const mapSet: CommandDefinition = {
  name: 'map set',
  aliases: [],
  group: 'Change',
  summary: 'Let an attribute of the target come from elsewhere',
  details:
    'Takes a source attribute, a "text", a Function(…) or default, which restores the template. Shows what it makes of five users; a function that is not known here is sent as it is and cannot be previewed. The matching attribute is never touched. The next cycle looks at every user again.',
  arguments: [
    { name: 'link', kind: 'link' },
    { name: 'attribute', kind: 'word' },
    { name: 'source', kind: 'rest', keepsQuotes: true },
  ],
  options: [],
  tier: 'T2',
  who: 'operator',
  examples: ({ source, target }) => [
    `map set ${source}>${target} jobTitle department`,
    `map set ${source}>${target} displayName Join(" ", [givenName], [surname])`,
    `map set ${source}>${target} department default`,
  ],
  async run(context, { words }) {
    const { link } = context;
    if (!link) throw new Error('map set needs a link');
    const name = linkName(link);
    const schema = await lookAt(context, link).schema();
    const lines = schema ? mappingLinesOf(schema) : [];
    const typed = words['attribute'] ?? '';
    const own = lines.find(({ target }) => target.toLowerCase() === typed.toLowerCase());
    const attribute = own?.target ?? spelled(typed);
    const doing = `changing the mapping of ${attribute.slice(0, 64)}`;
    if (own?.isMatching || attribute === 'alternativeSecurityIds') {
      const remedy =
        'Leave it as it is: by it the users of both tenants are matched, and the service refuses any other.';
      return badInput(doing, remedy, [`map ${name}`]);
    }
    if (!own && !knownAttributes.includes(attribute)) {
      const near = nearest(attribute, knownAttributes, (one) => [one], 1)[0];
      return badInput(doing, `Name an attribute of a user${near ? `; did you mean ${near}?` : '.'}`, [
        `map ${name}`,
      ]);
    }
    const found = typedSource(attribute, words['source'] ?? '');
    if ('fault' in found) return badInput(doing, found.fault, [`map ${name}`]);
    const { source } = found;
    return draftPlan(context, link, {
      kind: 'map-set',
      desired: null,
      subject: {
        type: 'mapping',
        command: `map set ${name} ${attribute} ${source?.expression ?? 'default'}`,
        displayName: attribute,
        attribute,
        source,
      },
    });
  },
};
