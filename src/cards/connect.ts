import type { Tenant } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import { commandButton, linkButton, showButton, type Button } from './buttons';
import { render } from './render';
import { joined, sentence, text, type Leaf } from './text';
import { counted } from './words';
import { when } from './when';

export interface ConsentPack {
  /** "Read", "Write", "Phone fix". */
  readonly name: string;
  readonly isRequired: boolean;
  readonly state: 'granted' | 'missing' | 'unknown';
  readonly permissions: readonly {
    readonly name: string;
    readonly why: string;
    readonly isGranted: boolean | null;
  }[];
  /** The admin-consent address; null when the person shall not be offered it. */
  readonly consentUrl: string | null;
}

export interface ConnectView {
  readonly tenant: Tenant;
  readonly packs: readonly ConsentPack[];
  readonly probes: {
    readonly passed: number;
    readonly total: number;
    /** Probes that did not pass, with what to do. */
    readonly faults: readonly { readonly name: string; readonly reason: string }[];
  };
  /** What Entra answered on the consent page when it was not a yes; null otherwise. */
  readonly consentFault: string | null;
  /** ISO 8601; when the links end. */
  readonly expiresAt: string | null;
  readonly timeZone?: string;
}

/** The consent of one tenant, pack by pack, as probes found it. */
export function connectCard(view: ConnectView): AdaptiveCard {
  const isConnected = view.packs.every((pack) => pack.state === 'granted' || !pack.isRequired);
  return render(
    'connect',
    {
      kind: 'Connect',
      title: view.tenant.displayName,
      state: isConnected ? 'Connected' : 'Consent needed',
      style: view.consentFault ? 'attention' : isConnected ? 'good' : 'warning',
      sentence: sentenceOf(view, isConnected),
      meaning: isConnected
        ? []
        : [
            text`Consent lets the bot act as an application in ${view.tenant.displayName}. A Privileged Role Administrator or Global Administrator of that tenant gives it.`,
            text`Consent alone changes nothing: every change still needs a plan that people approve.`,
          ],
      footer: [
        text`tenant id ${view.tenant.tenantId}`,
        text`cloud ${cloudNames[view.tenant.cloud]}`,
        view.expiresAt ? text`links valid until ${when(view.expiresAt, view.timeZone)}` : '',
      ],
    },
    {
      packs: view.packs.map((pack) => ({
        name: pack.name,
        need: pack.isRequired ? 'required' : 'optional',
        mark: marks[pack.state],
        state: stateWords[pack.state],
        permissions: joined(
          pack.permissions.map((permission) => permission.name),
          ', ',
        ),
      })),
      faults: view.probes.faults.map((fault) => ({ name: fault.name, reason: sentence(fault.reason) })),
    },
    { buttons: buttonsOf(view) },
  );
}

const marks = { granted: '✓', missing: '✗', unknown: '?' } as const;
const stateWords = { granted: 'granted', missing: 'not granted', unknown: 'not tested' } as const;
const cloudNames = { public: 'Public', usgov: 'US Government', china: 'China' } as const;

function sentenceOf(view: ConnectView, isConnected: boolean): Leaf {
  const { passed, total } = view.probes;
  const probes = total === 0 ? text`` : text` ${passed} of ${counted(total, 'probe')} passed.`;
  if (view.consentFault) return text`Consent was not given: ${sentence(view.consentFault)}${probes}`;
  return isConnected
    ? text`The bot can work in ${view.tenant.displayName}.${probes}`
    : text`Open the consent page, sign in as an administrator of ${view.tenant.displayName}, then come back and press **Check again**.${probes}`;
}

function buttonsOf(view: ConnectView): Button[] {
  const consents = view.packs.flatMap((pack) =>
    pack.consentUrl && pack.state !== 'granted'
      ? [
          linkButton(
            `Open consent for ${pack.name}`,
            pack.consentUrl,
            pack.isRequired ? 'positive' : 'default',
          ),
        ]
      : [],
  );
  return [
    ...consents.slice(0, 3),
    commandButton('Check again', `connect ${view.tenant.key}`),
    whyButton(view.packs),
  ];
}

function whyButton(packs: readonly ConsentPack[]): Button {
  return showButton(
    'Explain permissions',
    packs.flatMap((pack) => [
      { type: 'TextBlock', text: text`${pack.name}`.markdown, weight: 'Bolder', wrap: true },
      ...pack.permissions.map((permission) => ({
        type: 'TextBlock',
        text: text`${permission.isGranted === null ? '' : permission.isGranted ? '✓ ' : '✗ '}**${permission.name}**: ${sentence(permission.why)}`
          .markdown,
        spacing: 'Small',
        wrap: true,
      })),
    ]),
  );
}
