import type { Tenant } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import { linkButton } from './buttons';
import { render } from './render';
import { code, text } from './text';
import { counted, listed } from './words';

export interface AuditExportView {
  readonly url: string;
  readonly records: number;
  /** `N:HASH`. */
  readonly head: string;
  readonly minutes: number;
  /** Tenants whose records are in it in full. */
  readonly tenants: readonly Tenant[];
}

/** The link to one export, for one person, once. */
export function auditExportCard(view: AuditExportView): AdaptiveCard {
  const names = listed(view.tenants.map(({ displayName }) => displayName));
  return render(
    'audit-export',
    {
      kind: 'Export',
      title: 'The audit',
      state: text`${view.minutes} minutes`,
      style: 'emphasis',
      sentence: text`The button opens a page with your file. It works once, for ${view.minutes} minutes, and only while you may read the audit.`,
      meaning: [
        text`Keep the link to yourself: the browser does not sign in, so whoever has it gets the file in your name. That it was fetched is recorded.`,
      ],
    },
    {
      facts: [
        { title: 'Records', value: text`${counted(view.records, 'record')}, the whole chain` },
        { title: 'In full', value: text`links of ${names}` },
        { title: 'The rest', value: 'as digests, so that the chain can be checked' },
      ],
      line: code(`npm run audit:verify -- FILE --head ${view.head}`),
    },
    { buttons: [linkButton('Open the download page', view.url, 'positive')] },
  );
}
