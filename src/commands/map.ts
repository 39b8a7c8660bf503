import { emptyCard } from '../cards/empty';
import { mapCard, mapPageSize, type MapLine } from '../cards/map';
import { inWords, readExpression } from '../engine/expression';
import { mappingLinesOf, type MappingLine } from '../engine/mapping-lines';
import { deletesLeavers } from '../engine/schema-nodes';
import { differenceOf, missingFrom, templateLine } from '../engine/template';
import type { SynchronizationSchema } from '../graph/synchronization-schema';
import type { Link } from '../plan/types';
import type { CommandDefinition } from './definition';
import { runnable } from './help-views';
import { lookAt } from './look-at';
import { linkName } from './tenant-names';

export const map: CommandDefinition = {
  name: 'map',
  aliases: [],
  group: 'Look',
  summary: 'Which attribute of the target comes from where',
  details:
    'Says each mapping in words, marks the one that users are matched by, and tells what differs from the template of the service.',
  arguments: [{ name: 'link', kind: 'link' }],
  options: [{ name: 'page', summary: 'Which page', value: { type: 'number', least: 1, most: 100 } }],
  tier: 'R',
  who: 'viewer',
  examples: ({ source, target }) => [`map ${source}>${target}`, `map ${source}>${target} --page 2`],
  async run(context, { options }) {
    const { link, commands } = context;
    if (!link) throw new Error('map needs a link');
    const schema = await lookAt(context, link).schema();
    if (!schema) {
      return emptyCard({
        title: `Mapping of ${linkName(link)}`,
        sentence: 'There is no synchronization job yet, hence no attribute mapping.',
        nextStep: 'setup plans it.',
        suggestions: runnable([`setup ${linkName(link)}`], commands),
      });
    }
    const lines = mappingLinesOf(schema);
    const pages = Math.max(1, Math.ceil(lines.length / mapPageSize));
    const page = Math.min(pages, Number(options['page'] ?? 1));
    return mapCard({
      link,
      lines: lines.slice((page - 1) * mapPageSize, page * mapPageSize).map(lineOf),
      total: lines.length,
      page,
      pages,
      differences: differencesOf(lines),
      explanations: explanationsOf(schema, lines, link),
      readAt: context.graph.now().toISOString(),
    });
  },
};

function lineOf(line: MappingLine): MapLine {
  return {
    target: line.target,
    words: wordsOf(line.expression),
    raw: line.type === 'Function' ? line.expression : '',
    isMatching: line.isMatching,
    isOnce: line.flowType === 'ObjectAddOnly',
    difference: differenceOf(line),
  };
}

function wordsOf(expression: string): string {
  const read = readExpression(expression);
  if (!read) return expression === '' ? 'nothing' : expression;
  return read.kind === 'text' ? `always “${read.text}”` : inWords(read);
}

function differencesOf(lines: readonly MappingLine[]): readonly string[] {
  const told = lines.flatMap((line) => {
    const template = templateLine(line.target);
    if (!template) return [`${line.target} is added: ${wordsOf(line.expression)}.`];
    if (template.expression !== line.expression) {
      return [
        `${line.target} is ${wordsOf(line.expression)}; the template has ${wordsOf(template.expression)}.`,
      ];
    }
    if (template.flowType === line.flowType) return [];
    const applied = (flowType: string) => (flowType === 'ObjectAddOnly' ? 'once' : 'always');
    return [
      `${line.target} is applied ${applied(line.flowType)}; in the template ${applied(template.flowType)}.`,
    ];
  });
  return [
    ...told,
    ...missingFrom(lines).map(({ target }) => `${target} is not mapped; the template maps it.`),
  ];
}

function explanationsOf(
  schema: SynchronizationSchema,
  lines: readonly MappingLine[],
  { target }: Link,
): readonly string[] {
  const name = target.displayName;
  const of = (attribute: string) => lines.find((line) => line.target === attribute);
  const userType = of('userType');
  const listed = of('showInAddressList');
  return [
    ...(userType
      ? [
          `userType decides whether new users are members or guests of ${name}: members see most of the directory, guests little of it. ${
            userType.flowType === 'ObjectAddOnly'
              ? 'It is applied once, so those who are guests there already stay guests.'
              : 'It is applied always, so those who are there already change too.'
          }`,
        ]
      : []),
    ...(listed
      ? [
          `showInAddressList decides whether users appear in the address lists of ${name}. It cannot be written for users who have a mailbox there.`,
        ]
      : []),
    'alternativeSecurityIds matches the users of both tenants. It is fixed: the service refuses any change of it.',
    deletesLeavers(schema)
      ? `Users who leave the scope are deleted softly in ${name}.`
      : `Users who leave the scope stay in ${name}: deleting is switched off in this mapping.`,
  ];
}
