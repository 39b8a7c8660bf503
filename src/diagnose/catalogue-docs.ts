import type { Cause, CauseKind } from './causes/cause';

const kinds: Readonly<Record<CauseKind, string>> = {
  connection: 'The job cannot connect',
  user: 'One user fails',
  skip: 'A user is left out, or needs nothing',
  quarantine: 'Quarantine',
  engine: 'The engine, with the name of the connector before the code',
  request: 'A request to Microsoft Graph',
};

/** `docs/explain.md`, written from the catalogue itself. */
export function catalogueDocs(causes: readonly Cause[]): string {
  const sections = (Object.keys(kinds) as CauseKind[]).map((kind) => {
    const rows = causes.filter((row) => row.kind === kind).map(rowOf);
    return [`## ${kinds[kind]}`, '', header, ...rows, ''].join('\n');
  });
  return [intro, ...sections].join('\n');
}

const intro = [
  '# What the codes mean',
  '',
  'Written from the catalogue in `src/diagnose/causes`; a test keeps it true. `explain <code or text>` says the same in chat,',
  'and `logs` groups by it. A code that is not here is shown as it is: nothing is guessed.',
  '',
].join('\n');

const header = [
  '| Code | Cause | Side | What to do | Command | Source |',
  '| --- | --- | --- | --- | --- | --- |',
].join('\n');

function rowOf({ codes, text, cause, side, remedy, commands, source }: Cause): string {
  const code = [...codes.map((one) => `\`${one}\``), ...(text ? [`text \`${cell(text.source)}\``] : [])];
  const lead = commands[0] === undefined ? '' : `\`${spelled(commands[0])}\``;
  return `| ${code.join(' ')} | ${cell(cause)} | ${side} | ${cell(remedy)} | ${lead} | ${cell(source)} |`;
}

function spelled(command: string): string {
  return command.replace('{link}', 'source>target').replace('{user}', 'user');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
