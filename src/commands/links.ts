import { linksCard } from '../cards/links';
import type { CommandDefinition } from './definition';
import { knownLinks } from './known-links';
import { linkRow } from './link-row';
import { mayViewLink } from './standing';

export const links: CommandDefinition = {
  name: 'links',
  aliases: ['ls', 'link'],
  group: 'Start',
  summary: 'The links between tenants and how each is doing',
  details:
    'Links come from my own set-ups and from the configuration applications that I find in the tenants, so links made by hand are listed too.',
  arguments: [],
  options: [],
  tier: 'R',
  who: 'viewer',
  examples: () => ['links'],
  async run(context) {
    const { standing, tenants } = context;
    const { links: known } = await knownLinks(context);
    const visible = known.filter((link) => standing !== null && mayViewLink(standing, link));
    const rows = await Promise.all(visible.map((link) => linkRow(context, link)));
    return linksCard({ links: rows, firstLink: tenants.pairs()[0] ?? null });
  },
};
