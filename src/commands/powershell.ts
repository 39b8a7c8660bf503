import { emptyCard } from '../cards/empty';
import { readRows } from '../export/powershell/reads';
import type { AdaptiveCard } from '../store/ports';
import type { CommandContext } from './context';
import type { CommandDefinition } from './definition';
import { faultyText } from './help-views';
import { lookAt } from './look-at';
import { unknownLink } from './not-found-views';
import { parse, type Parsed } from './parse';
import { isPlanId, planIdOf } from './parse-arguments';
import { planPowershell } from './powershell-plan';
import { noScript, scriptCard } from './powershell-views';
import { mayView, mayViewLink } from './standing';

export const powershell: CommandDefinition = {
  name: 'powershell',
  aliases: ['ps'],
  group: 'Look',
  summary: 'The PowerShell for a plan, or for what a command reads',
  details:
    'Cmdlets of the module Microsoft.Graph with the ids of what the card shows, line by line to copy, and the commands of older guides with why they do not work. I run none of it. Whoever runs a plan by hand goes without approval, read-back and record.',
  arguments: [{ name: 'plan-or-command', kind: 'rest' }],
  options: [],
  tier: 'R',
  who: 'viewer',
  examples: ({ source, target }) => ['powershell PL-0031', `powershell policy ${source}>${target}`],
  async run(context, { words }) {
    const { line, page } = pageOf(words['plan-or-command'] ?? '');
    if (isPlanId(line)) return planPowershell(context, planIdOf(line), page);
    return readPowershell(context, line, page);
  },
};

/** `policy alpha>beta --page 2`: the page is ours, all else belongs to the command. */
function pageOf(typed: string): { readonly line: string; readonly page: number } {
  const found = /^(.*?)\s+--page\s+(\d{1,4})$/su.exec(typed);
  return found?.[1] ? { line: found[1], page: Number(found[2]) } : { line: typed, page: 1 };
}

async function readPowershell(context: CommandContext, line: string, page: number): Promise<AdaptiveCard> {
  const parsed = parse(line, context.commands);
  if (parsed.outcome !== 'command') return notRead(line, parsed);
  const { command, args, isPlanOnly } = parsed;
  const subject = args.words['subject'] ?? '';
  if (command.name === 'verify' && isPlanId(subject)) return planPowershell(context, planIdOf(subject), page);
  const row = Object.hasOwn(readRows, command.name) ? readRows[command.name] : undefined;
  if (command.tier !== 'R' || isPlanOnly || !row) return planFirst(line, command.name);
  if ('none' in row) return noScript(line, row.none);
  const { standing, tenants, graph } = context;
  const found = args.link && args.link !== 'all' ? await tenants.findLink(args.link) : null;
  if (found?.outcome === 'unknown') return unknownLink(found, tenants);
  if (found?.outcome === 'same') return faultyText(line, command, 'Both names mean the same tenant.');
  const link = found?.link ?? null;
  if (!standing || (link && !mayViewLink(standing, link))) {
    return noScript(line, 'You hold no active role that may look at synchronization there.');
  }
  const script = await row.script({
    link,
    look: link && lookAt(context, link),
    tenants: tenants.all.filter((tenant) => mayView(standing, tenant)),
    words: args.words,
    options: args.options,
    read: (tenantId) => graph.read(tenantId),
  });
  if ('none' in script) return noScript(line, script.none);
  return scriptCard(line, script, page, {
    note: `This reads what ${command.name} reads; it changes nothing.`,
    back: { title: `Run ${command.name}`, command: line },
  });
}

function notRead(line: string, parsed: Exclude<Parsed, { outcome: 'command' }>): AdaptiveCard {
  const fault = parsed.outcome === 'faulty' ? parsed.sentence : 'Give a plan or a command that reads.';
  return faultyText(`powershell ${line}`, parsed.outcome === 'faulty' ? parsed.command : powershell, fault);
}

function planFirst(line: string, name: string): AdaptiveCard {
  return emptyCard({
    title: 'PowerShell',
    sentence: `${name} changes something, so its PowerShell is that of its plan.`,
    nextStep: 'Plan it first; the card of the plan offers its PowerShell. Nothing is changed by planning.',
    suggestions: [line],
  });
}
