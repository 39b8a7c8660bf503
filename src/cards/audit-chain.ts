import type { AdaptiveCard } from '../store/ports';
import { commandButton } from './buttons';
import { render } from './render';
import { code, sentence, text } from './text';
import { when } from './when';
import { counted } from './words';

export interface AuditChainView {
  readonly records: number;
  /** `N:HASH`; null when the chain is broken or empty. */
  readonly head: string | null;
  /** Why it is broken; null when it is intact. */
  readonly why: string | null;
  readonly anchors: number;
  /** ISO 8601; null when no head was ever posted. */
  readonly lastAnchorAt: string | null;
  readonly timeZone?: string;
}

/** Whether the chain in the database is whole, and what it was held against. */
export function auditChainCard(view: AuditChainView): AdaptiveCard {
  const isIntact = view.why === null;
  const last = view.lastAnchorAt ? text`, the last ${when(view.lastAnchorAt, view.timeZone)}` : '';
  return render(
    'audit-chain',
    {
      kind: 'Audit',
      title: 'The chain',
      state: isIntact ? 'Intact' : 'NOT intact',
      style: isIntact ? 'good' : 'attention',
      sentence: isIntact
        ? text`${counted(view.records, 'record')}: nothing was changed, removed, inserted or moved.`
        : text`${counted(view.records, 'record')} fit, then: ${sentence(view.why ?? '')}.`,
      meaning: [
        isIntact
          ? text`This is read from the database. Whoever can write there can hash everything anew: compare the head with one that was posted to a channel.`
          : text`Tell whoever runs me and keep the messages with posted heads. An export shows which records are left.`,
      ],
    },
    {
      head: view.head === null ? '' : code(view.head),
      facts: [
        {
          title: 'Posted heads',
          value:
            view.anchors === 0
              ? 'none yet: subscribe a channel'
              : text`${view.anchors}${last}${isIntact ? ', all in the chain' : ''}`,
        },
      ],
    },
    { buttons: [commandButton('Export', 'export audit')] },
  );
}
