import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createSimulator } from '../src/simulator/simulator';

const root = join(__dirname, '..');
const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

interface CruiseReport {
  readonly summary: {
    readonly totalCruised: number;
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string };
    }[];
  };
}

/** The import table held against the `src` of a folder: `folder: from → to (rule)`, one line per breach. */
function breaches(folder: string): { readonly lines: readonly string[]; readonly modules: number } {
  const config = join(root, '.dependency-cruiser.cjs');
  const args = [cruiser, 'src', '--config', config, '--output-type', 'json'];
  const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 28 });
  const { summary } = JSON.parse(stdout) as CruiseReport;
  const lines = summary.violations.map(({ from, to, rule }) => `${from} → ${to} (${rule.name})`);
  return { lines, modules: summary.totalCruised };
}

function planted(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'house-'));
  cpSync(join(root, 'tsconfig.json'), join(folder, 'tsconfig.json'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** Files that git knows or would add. */
function projectFiles(): readonly string[] {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard'];
  return execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\n').filter(Boolean);
}

const bannedName =
  /(^|\/)(utils?|helpers?|manager|common|misc|data|info|handle[a-z-]*|[a-z-]*-(utils?|helpers?|manager))(\.[a-z.]+)?$/;

function badNames(files: readonly string[]): readonly string[] {
  const sources = files.filter((file) => /^src\/.*\.tsx?$/.test(file));
  return sources.filter(
    (file) => bannedName.test(file) || !/^src\/([a-z0-9-]+\/)*[a-z0-9-]+(\.d)?\.tsx?$/.test(file),
  );
}

interface Cast {
  readonly tenants: readonly Readonly<Record<string, string>>[];
  readonly people: readonly Readonly<Record<string, unknown>>[];
}

/** What the simulator alone may know: names, keys and ids of its tenants and people. */
async function castWords(): Promise<readonly string[]> {
  const simulator = await createSimulator({ users: 1 });
  const answer = await fetch(`${simulator.url}/_control/world`);
  const { tenants, people } = (await answer.json()) as Cast;
  await simulator.close();
  const ofTenants = tenants.flatMap(({ tenantId, displayName, defaultDomain, initialDomain }) => [
    ...[tenantId, displayName, defaultDomain, initialDomain],
  ]);
  const ofPeople = people.flatMap((person) => [person.aadObjectId, person.displayName, person.key]);
  return [...ofTenants, ...ofPeople].filter(
    (word): word is string => typeof word === 'string' && word.length > 2,
  );
}

function filesThatSay(words: readonly string[], files: Readonly<Record<string, string>>): readonly string[] {
  const escaped = words.map((word) => word.replace(/[^\w ]/g, '\\$&'));
  const pattern = new RegExp(`(?<![\\w-])(${escaped.join('|')})(?![\\w-])`, 'i');
  return Object.entries(files).flatMap(([file, text]) => {
    const found = pattern.exec(text)?.[0];
    return found === undefined ? [] : [`${file}: ${found}`];
  });
}

describe('imports', () => {
  test('every folder takes only what the table of the house allows', () => {
    const { lines, modules } = breaches(root);
    expect(modules).toBeGreaterThan(50);
    expect(lines).toEqual([]);
  }, 60_000);

  const other = 'export const other = 1;\n';
  const importing = (from: string) => `import { other } from '${from}';\nexport const bad = other;\n`;
  const plants = [
    ['a card that knows Teams', 'src/cards/bad.ts', importing('restify'), 'package-restify'],
    ['a command that knows the SDK', 'src/commands/bad.ts', importing('botbuilder'), 'package-botbuilder'],
    ['a step that calls the queue', 'src/steps/bad.ts', importing('../jobs/other'), 'steps-imports'],
    ['a scan that runs a plan', 'src/scans/bad.ts', importing('../plan/other'), 'scans-imports-types-only'],
    [
      'Graph calls that need the simulator',
      'src/graph/bad.ts',
      importing('../simulator/other'),
      'simulator-and-chat-apart',
    ],
    ['two files in a circle', 'src/store/bad.ts', importing('./circle'), 'no-circular'],
  ] as const;
  let red: readonly string[] = [];

  beforeAll(() => {
    const folder = planted({
      ...Object.fromEntries(['jobs', 'plan', 'simulator'].map((name) => [`src/${name}/other.ts`, other])),
      'src/store/circle.ts': `import { bad } from './bad';\nexport const other = () => bad;\n`,
      ...Object.fromEntries(plants.map(([, file, content]) => [file, content])),
    });
    red = breaches(folder).lines;
  }, 60_000);

  test.each(plants)('turns red for %s', (_name, file, _content, rule) => {
    const found = red.filter((line) => line.startsWith(file));
    expect(found.join('\n')).toContain(`(${rule})`);
  });
});

describe('names', () => {
  test('no source file has a name that says nothing', () => {
    expect(badNames(projectFiles())).toEqual([]);
  });

  test.each([
    'src/graph/utils.ts',
    'src/bot/handleMessage.ts',
    'src/store/store-manager.ts',
    'src/plan/Plan.ts',
  ])('turns red for %s', (file) => {
    expect(badNames([file])).toEqual([file]);
  });
});

describe('the cast', () => {
  const mayNameThem = /^(src\/simulator|test)\/|^package-lock\.json$/;

  test('appears nowhere but in the simulator and the tests', async () => {
    const texts = projectFiles()
      .filter((file) => !mayNameThem.test(file) && !/\.(png|ico)$/.test(file))
      .map((file) => [file, readFileSync(join(root, file), 'utf8')] as const);
    const words = await castWords();
    expect(words.length).toBeGreaterThan(20);
    expect(filesThatSay(words, Object.fromEntries(texts))).toEqual([]);
  });

  test('turns red when a file names one of them', async () => {
    const words = await castWords();
    const text = `// ask ${words.at(-1) ?? ''} about it`;
    expect(filesThatSay(words, { 'src/x.ts': text })).toHaveLength(1);
  });
});
