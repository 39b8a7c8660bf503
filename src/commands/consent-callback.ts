import { connectCard } from '../cards/connect';
import type { AdaptiveCard } from '../store/ports';
import type { TakenConsent } from '../store/consents';
import type { ConsentDesk } from './consent-desk';
import { packTitle } from './consent-desk';
import type { TenantNames } from './tenant-names';

/** What the browser that came back from Entra is shown: plain text, to be escaped by the edge. */
export interface ConsentAnswer {
  readonly status: 200 | 400;
  readonly title: string;
  readonly text: string;
}

export interface ConsentParts {
  readonly tenants: TenantNames;
  readonly consents: ConsentDesk;
  /** Everything remembered about people is void after consent. */
  readonly forget: () => void;
  /** Shows the consent card anew where it was asked for. */
  readonly show: (taken: TakenConsent, card: AdaptiveCard) => Promise<void>;
}

/**
 * The redirect of the admin-consent page (facts 1.1). `state` must be one of ours, unused and in time, `tenant` the one
 * it was made for. The redirect itself grants nothing: probes say what works now.
 */
export async function consentCallback(
  query: Readonly<Record<string, string | undefined>>,
  { tenants, consents, forget, show }: ConsentParts,
): Promise<ConsentAnswer> {
  const state = query['state'] ?? '';
  const taken = state.length >= 40 && state.length <= 100 ? await consents.take(state) : undefined;
  const tenant = taken && tenants.byId(taken.tenantId);
  if (!taken || !tenant) {
    return refusal(
      'This consent link is not known, was used already or has expired. Run connect again in Teams.',
    );
  }
  if (query['tenant'] && query['tenant'].toLowerCase() !== tenant.tenantId.toLowerCase()) {
    return refusal(
      `Consent was given in another tenant than ${tenant.displayName}. Sign in there and try again.`,
    );
  }
  const fault = query['error'] ? faultOf(query['error']) : null;
  consents.dropTokens(tenant.tenantId);
  forget();
  const offer = { person: taken.requestedBy, conversationId: taken.conversationId ?? '' };
  const view = await consents.view(tenant, offer, new Date(), fault);
  await show(taken, connectCard(view));
  if (fault) return { status: 200, title: 'No consent was given', text: fault };
  const pack = view.packs.find(({ name }) => name === packTitle(taken.pack));
  const text =
    pack?.state === 'missing'
      ? `Microsoft does not show the permissions yet: it can take a few minutes. Run connect ${tenant.key} again in Teams.`
      : 'You can close this window and go on in Teams.';
  return { status: 200, title: `${tenant.displayName} is connected: ${packTitle(taken.pack)}`, text };
}

function refusal(text: string): ConsentAnswer {
  return { status: 400, title: 'Nothing was changed', text };
}

/** Our own words: what the address says is not shown. */
function faultOf(code: string): string {
  return code === 'permission_denied' || code === 'access_denied'
    ? 'The consent page refused: it needs a Privileged Role or Global Administrator.'
    : 'The consent page did not say yes.';
}
