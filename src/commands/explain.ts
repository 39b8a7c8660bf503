import { explainCard, type ExplainedCause } from '../cards/explain';
import type { Cause } from '../diagnose/causes/cause';
import { explain as explainText, knownCodes } from '../diagnose/explain';
import type { Link } from '../plan/types';
import { whereWords } from './cause-words';
import type { CommandContext } from './context';
import type { CommandDefinition } from './definition';
import { nearest } from './nearest';
import { nextCommands, spelledCommands } from './next-commands';
import { mayViewLink } from './standing';

export const explain: CommandDefinition = {
  name: 'explain',
  aliases: ['error'],
  group: 'Look',
  summary: 'What an error code means, and which side puts it right',
  details:
    'Give a code, or a line of the provisioning log that holds one. Known codes come from a catalogue with their source; a code that is not in it is shown as it is, and never guessed.',
  arguments: [{ name: 'text', kind: 'rest' }],
  options: [],
  tier: 'R',
  who: 'viewer',
  examples: () => ['explain RedundantExport', 'explain InvitationCreationFailureAmbiguousUser'],
  async run(context, { words }) {
    const typed = words['text'] ?? '';
    const link = await onlyLink(context);
    const found = explainText(typed);
    const causes = found.outcome === 'known' ? found.causes : [];
    return explainCard({
      typed,
      causes: causes.map((one) => toView(context, one, link)),
      nearest: found.outcome === 'known' ? [] : nearestCodes(found.codes, typed),
      buttons: [
        ...new Set(causes.flatMap((one) => nextCommands(context, one.commands, { link, user: null }))),
      ].slice(0, 3),
    });
  },
};

function toView(context: CommandContext, cause: Cause, link: Link | null): ExplainedCause {
  return {
    cause: cause.cause,
    where: whereWords(cause.side, link),
    remedy: cause.remedy,
    codes: cause.codes,
    source: cause.source,
    commands: spelledCommands(context.commands, cause.commands, { link, user: null }),
    isHarmless: cause.isHarmless === true,
  };
}

/** By the word that looks like a code, else by the whole text. */
function nearestCodes(codes: readonly string[], typed: string): readonly string[] {
  return nearest(codes[0] ?? typed, knownCodes(), (code) => [code]);
}

/** Commands need a link: the one that is known, when there is just one that this person may see. */
async function onlyLink({ plans, tenants, standing }: CommandContext): Promise<Link | null> {
  const stored = await plans.listLinks();
  const visible = stored
    .flatMap(({ sourceTenantId, targetTenantId }) => tenants.linkOf(sourceTenantId, targetTenantId) ?? [])
    .filter((link) => standing !== null && mayViewLink(standing, link));
  return visible.length === 1 ? (visible[0] ?? null) : null;
}
