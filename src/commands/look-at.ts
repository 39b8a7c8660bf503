import { Look } from '../diagnose/look';
import type { Link } from '../plan/types';
import type { CommandContext } from './context';

/** A fresh look at a link, for one command. */
export function lookAt({ graph }: Pick<CommandContext, 'graph'>, link: Link): Look {
  return new Look(
    link,
    graph.read(link.source.tenantId),
    graph.read(link.target.tenantId),
    (tenantId, pack) => graph.probe(tenantId, pack),
  );
}
