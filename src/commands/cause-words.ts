import type { CauseSide } from '../diagnose/causes/cause';
import type { Link } from '../plan/types';

/** On which side something has to be put right, for people: with the tenant's name when a link is known. */
export function whereWords(side: CauseSide, link: Link | null): string {
  switch (side) {
    case 'source':
      return link ? `${link.source.displayName} (source)` : 'the source';
    case 'target':
      return link ? `${link.target.displayName} (target)` : 'the target';
    case 'both':
      return link ? `${link.source.displayName} and ${link.target.displayName}` : 'both tenants';
    case 'service':
      return "Microsoft's side";
    case 'none':
      return 'nowhere: nothing is wrong';
  }
}
