/** The import table of the house: what each folder of `src` may take from the others, and which packages are whose. */

const leaves = ['errors', 'log'];
const kinds = ['simulator', 'local'];
const inner = [
  ...['config', 'settings', 'graph', 'store', 'plan', 'steps', 'scans', 'diagnose', 'approvals', 'watch'],
  ...['export', 'cards', 'commands', 'jobs', 'bot', 'wiring', 'engine', 'evidence'],
];
const typesOnly = { dependencyTypesNot: ['type-only'] };

/** Folder (or file) of `src` -> what it may import; `types` of the rest only as types. */
const table = {
  errors: { may: [] },
  log: { may: [] },
  config: { may: ['settings'] },
  settings: { may: ['config'] },
  graph: { may: ['config'] },
  store: { may: ['config', 'plan'], types: ['graph'] },
  plan: { may: ['store', 'graph/operations'], types: ['graph', 'config', 'jobs', 'approvals'] },
  engine: { may: ['graph'], types: ['plan'] },
  evidence: { may: ['store'], types: ['plan'] },
  steps: { may: ['graph', 'engine'], types: ['plan'] },
  scans: { may: ['graph', 'store'], types: ['plan', 'config'] },
  diagnose: { may: ['graph', 'store', 'engine'], types: ['plan', 'config'] },
  approvals: { may: ['store', 'graph', 'plan/tier'], types: ['plan', 'config'] },
  watch: { may: ['graph', 'store'], types: ['plan', 'config'] },
  export: { may: ['graph', 'diagnose'], types: ['plan'] },
  cards: { may: [], types: inner },
  commands: {
    may: [
      ...['config', 'graph', 'store', 'plan', 'steps', 'scans', 'diagnose', 'approvals', 'watch', 'export'],
      'cards',
      'engine',
      'evidence',
    ],
    types: ['jobs'],
  },
  jobs: {
    may: ['plan', 'approvals', 'scans', 'watch', 'store', 'cards'],
    types: ['config', 'graph', 'steps'],
  },
  bot: { may: ['commands', 'cards', 'store'], types: ['config', 'plan'] },
  simulator: { may: [] },
  local: { may: ['simulator'] },
};

/** Package -> the folders that may use it. */
const packages = {
  '@microsoft/microsoft-graph-client': ['graph'],
  '@azure/identity': ['graph'],
  'drizzle-orm': ['store', 'jobs'],
  pg: ['store', 'jobs'],
  '@electric-sql/pglite': ['store', 'jobs'],
  'pg-boss': ['jobs'],
  'adaptivecards-templating': ['cards'],
  'adaptive-expressions': ['cards'],
  botbuilder: ['bot'],
  'botframework-connector': ['bot'],
  '@microsoft/teams-ai': ['bot'],
  restify: ['bot'],
  adaptivecards: ['local'],
  preact: ['local'],
  'markdown-it': ['local'],
  pino: ['log'],
};

/** Modules that are one file; all others are folders (`local.ts` is a root, `local/` is the chat). */
const files = ['errors', 'log', 'config'];
/** `config`, `plan` or a single file of a folder (`plan/tier`). */
const pathOf = (name) => (files.includes(name) || name.includes('/') ? `${name}\\.` : `${name}/`);
const anyOf = (names) => `^src/(${names.map(pathOf).join('|')})`;

function folderRules([folder, { may, types = [] }]) {
  const free = [folder, ...leaves, ...may];
  return [
    {
      name: `${folder}-imports`,
      comment: `src/${folder} may import ${[...may, ...types.map((name) => `${name} (types)`), ...leaves].join(', ')}.`,
      severity: 'error',
      from: { path: anyOf([folder]) },
      to: { path: '^src/', pathNot: anyOf([...free, ...types]) },
    },
    ...(types.length === 0
      ? []
      : [
          {
            name: `${folder}-imports-types-only`,
            comment: `src/${folder} may take nothing but types from ${types.join(', ')}.`,
            severity: 'error',
            from: { path: anyOf([folder]) },
            to: { path: anyOf(types), pathNot: anyOf(free), ...typesOnly },
          },
        ]),
  ];
}

function packageRule([name, folders]) {
  return {
    name: `package-${name}`,
    comment: `Only ${folders.map((folder) => `src/${folder}`).join(', ')} may use ${name}.`,
    severity: 'error',
    from: { path: '^src/', pathNot: anyOf(folders) },
    to: { path: `(^|/)node_modules/${name}(/|$)` },
  };
}

module.exports = {
  forbidden: [
    ...Object.entries(table).flatMap(folderRules),
    ...Object.entries(packages).map(packageRule),
    {
      name: 'no-circular',
      comment: 'A circle has no beginning to read from. Types may look back.',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'roots-alone-wire',
      comment: 'Only the composition roots build and wire.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(wiring/|index\\.|local\\.)' },
      to: { path: '^src/(wiring/|index\\.|local\\.)' },
    },
    {
      name: 'simulator-and-chat-apart',
      comment: 'Nothing of the bot may lean on the simulated world.',
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/(wiring|${kinds.join('|')})/` },
      to: { path: `^src/(${kinds.join('|')})/` },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/local/page/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^src/local/page/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { conditionNames: ['require', 'node', 'default', 'types'] },
  },
};
