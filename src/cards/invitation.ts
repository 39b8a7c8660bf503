import type { Tenant } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import { render } from './render';
import { text } from './text';
import { when } from './when';

export interface InvitationView {
  readonly tenant: Tenant;
  /** `F-7K2`. */
  readonly code: string;
  /** ISO 8601. */
  readonly expiresAt: string;
  readonly timeZone?: string;
}

/** For a tenant in which the person may not consent: a code for somebody who may. */
export function invitationCard(view: InvitationView): AdaptiveCard {
  const { tenant } = view;
  return render(
    'invitation',
    {
      kind: 'Connect',
      title: tenant.displayName,
      state: 'Invitation',
      style: 'accent',
      sentence: text`You are not an administrator of ${tenant.displayName}. Give this code to one who is.`,
      meaning: [
        text`They open their own chat with me in Teams and type the line above.`,
        text`They then see which permissions are asked for, and decide.`,
      ],
      footer: [text`valid until ${when(view.expiresAt, view.timeZone)}`, text`tenant id ${tenant.tenantId}`],
    },
    { code: view.code, line: text`join ${view.code}` },
  );
}
