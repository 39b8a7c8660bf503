/**
 * Writes docs/mutation.md from what Stryker left in reports/mutation. Stops when a survivor has no reason in
 * test/mutation/reasons.json, when a reason has no survivor, or when a score is below 90.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const read = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));
const { groups } = read('test/mutation/groups.json');
const reasons = read('test/mutation/reasons.json');
const leastScore = 90;

const missing = Object.keys(groups).filter(
  (name) => !existsSync(join(root, `reports/mutation/${name}.json`)),
);
if (missing.length > 0) stop(`Not run yet: ${missing.join(', ')}`);

const rows = Object.keys(groups).flatMap((group) =>
  Object.entries(read(`reports/mutation/${group}.json`).files)
    .filter(([, { mutants }]) => mutants.length > 0)
    .map(([file, { source, mutants }]) => ({
      group,
      file,
      ...count(mutants),
      survivors: survivors(source, mutants),
    })),
);

function count(mutants) {
  const of = (...states) => mutants.filter(({ status }) => states.includes(status)).length;
  const [killed, survived] = [of('Killed', 'Timeout'), of('Survived', 'NoCoverage')];
  return { mutants: killed + survived, killed, survived, words: of('Ignored') };
}

/** What changed, in one line each: where it stands, and from what to what. */
function survivors(source, mutants) {
  const lines = source.split('\n');
  return mutants
    .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
    .sort((a, b) => a.location.start.line - b.location.start.line)
    .map(({ mutatorName, replacement, location: { start, end } }) => {
      const text = lines.slice(start.line - 1, end.line);
      text[text.length - 1] = text[text.length - 1].slice(0, end.column - 1);
      text[0] = text[0].slice(start.column - 1);
      const change = `${oneLine(text.join('\n'))} → ${oneLine(replacement)}`;
      return { line: lines[start.line - 1].trim(), change, mutator: mutatorName };
    });
}

function oneLine(text) {
  return text.replace(/\s+/g, ' ').trim();
}

const reasonOf = (file, { line, change }) =>
  reasons.find((one) => one.file === file && one.line === line && one.changes.includes(change))?.reason;

const all = rows.flatMap(({ file, survivors: left }) => left.map((one) => ({ file, ...one })));
const unexplained = all.filter((one) => !reasonOf(one.file, one));
const idle = reasons.flatMap(({ file, line, changes }) =>
  changes
    .filter((change) => !all.some((one) => one.file === file && one.line === line && one.change === change))
    .map((change) => ({ file, line, change })),
);
const score = ({ killed, mutants }) => (100 * killed) / mutants;
const sum = (list) =>
  list.reduce(
    (total, one) => ({
      mutants: total.mutants + one.mutants,
      killed: total.killed + one.killed,
      survived: total.survived + one.survived,
      words: total.words + one.words,
    }),
    { mutants: 0, killed: 0, survived: 0, words: 0 },
  );
const cells = ({ mutants, killed, survived, words }, fix = '') =>
  [mutants, killed, survived, words, score({ killed, mutants }).toFixed(1)]
    .map((one) => ` ${fix}${one}${fix} |`)
    .join('');

const table = Object.keys(groups).flatMap((group) => {
  const own = rows.filter((one) => one.group === group);
  return [
    ...own.map((one) => `| ${group} | \`${one.file}\` |${cells(one)}`),
    `| **${group}** | |${cells(sum(own), '**')}`,
  ];
});
const code = (text) => `\`\` ${text.replaceAll('|', '\\|')} \`\``;
const listed = rows
  .filter(({ survivors: left }) => left.length > 0)
  .flatMap(({ file, survivors: left }) => [
    `### ${file}`,
    '',
    '| Code | Change that no test notices | Why |',
    '| --- | --- | --- |',
    ...left.map((one) => `| ${code(one.line)} | ${code(one.change)} | ${reasonOf(file, one) ?? ''} |`),
    '',
  ]);

const document = `# Mutation

How many small changes of the code no test notices, in the files that decide who may do what and carry it out. Made by
\`npm run mutate\`; do not edit it by hand. \`test/docs/mutation.test.ts\` checks that it still speaks of the code as it is.

\`npm run mutate -- GROUP…\` runs some groups only, \`--fresh\` believes no earlier run. Each change ("mutant") is tried by
StrykerJS against the tests that reach it (\`test/mutation/groups.json\`), in a process that keeps tests and databases open
(\`test/mutation/resident-runner.mjs\`). A mutant that ends in an endless loop counts as killed. Sentences for people and lines of
the log are not mutated; they are counted under "words" and in no score. Left out are tests that measure time or draw at
random, and PostgreSQL: those run in \`npm test\`, so what they notice besides is not counted here.

## Figures

| Group | File | Mutants | Killed | Survived | Words | Score |
| --- | --- | --- | --- | --- | --- | --- |
${table.join('\n')}
| **all** | |${cells(sum(rows), '**')}

## Survivors

Each with its reason, from \`test/mutation/reasons.json\`.

${listed.join('\n')}`;

if (unexplained.length > 0) {
  stop(`${unexplained.length} survivors without a reason:\n${JSON.stringify(unexplained, null, 1)}`);
}
if (idle.length > 0) stop(`Reasons for changes that tests notice by now:\n${JSON.stringify(idle, null, 1)}`);
const judged = [
  ...Object.keys(groups).map((name) => [name, rows.filter(({ group }) => group === name)]),
  ['all', rows],
];
const low = judged.filter(([, list]) => score(sum(list)) < leastScore);
writeFileSync(join(root, 'docs/mutation.md'), document.trimEnd() + '\n');
const total = sum(rows);
console.log(`mutation: ${total.killed} of ${total.mutants} killed, ${score(total).toFixed(1)} %`);
if (low.length > 0) stop(`Below ${leastScore} %: ${low.map(([name]) => name).join(', ')}`);

function stop(message) {
  console.error(message);
  process.exit(1);
}
