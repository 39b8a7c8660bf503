import type { Link } from '../plan/types';
import type { CommandContext } from './context';
import type { CommandDefinition } from './definition';
import { parse } from './parse';
import { mayOperateLink } from './standing';
import { linkName } from './tenant-names';

/** What the places of a template are filled with; `null` = not known, so lines that need it are left out. */
export interface Filling {
  readonly link: Link | null;
  /** Sign-in name or object id. */
  readonly user: string | null;
}

/**
 * Lines that lead on, best first: `{link}` and `{user}` filled in, without those that no command reads or that this
 * person may not run.
 */
export function nextCommands(
  context: Pick<CommandContext, 'commands' | 'standing'>,
  templates: readonly string[],
  { link, user }: Filling,
): readonly string[] {
  return templates.flatMap((template) => {
    if ((template.includes('{link}') && !link) || (template.includes('{user}') && user === null)) return [];
    const line = template.replace('{link}', link ? linkName(link) : '').replace('{user}', quoted(user ?? ''));
    const parsed = parse(line, context.commands);
    return parsed.outcome === 'command' && mayRun(context, parsed.command, link) ? [line] : [];
  });
}

/** Lines for reading: tenants that are not known stand as `source` and `target`, users as `user`. */
export function spelledCommands(
  commands: readonly CommandDefinition[],
  templates: readonly string[],
  { link, user }: Filling,
): readonly string[] {
  const lines = templates.map((template) =>
    template
      .replace('{link}', link ? linkName(link) : 'source>target')
      .replace('{user}', user === null ? 'user' : quoted(user)),
  );
  return lines.filter((line) => parse(line, commands).outcome === 'command');
}

function mayRun(
  { standing }: Pick<CommandContext, 'standing'>,
  { who }: CommandDefinition,
  link: Link | null,
): boolean {
  return who !== 'operator' || (standing !== null && link !== null && mayOperateLink(standing, link));
}

function quoted(user: string): string {
  return /[\s"]/.test(user) ? `"${user.replaceAll('"', '')}"` : user;
}
