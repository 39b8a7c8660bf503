/** A row of the card: what it is called there, and the settings behind it (`diagnose/effective-policy`). */
export interface ShownSetting {
  readonly title: string;
  readonly meaning: string;
  readonly source: string | null;
  readonly target: string | null;
  /** The effective value without which synchronization does not work; null = none is needed. */
  readonly needed: string | null;
}

/** The switches that synchronization needs, or that people take for one. */
export const switches: readonly ShownSetting[] = [
  {
    title: 'Identity synchronization',
    meaning: 'The target lets users of the source be created there.',
    source: null,
    target: 'Inbound synchronization of users',
    needed: 'allowed',
  },
  {
    title: 'Automatic redemption',
    meaning: 'No consent prompt; on in both tenants, or synchronization fails.',
    source: 'Automatic redemption, outbound',
    target: 'Automatic redemption, inbound',
    needed: 'on',
  },
  {
    title: 'Inbound trust: MFA',
    meaning:
      'The target accepts multifactor authentication done in the source. Not needed for synchronization.',
    source: null,
    target: 'Trust MFA of the other tenant',
    needed: null,
  },
];

/** Other settings that decide about the same people. */
export const others: readonly ShownSetting[] = [
  {
    title: 'B2B collaboration',
    meaning: 'Synchronization is built on it: blocked here means nobody is created.',
    source: 'B2B collaboration, outbound',
    target: 'B2B collaboration, inbound',
    needed: 'allowed',
  },
  {
    title: 'Inbound trust: compliant devices',
    meaning: 'The target accepts device compliance of the source.',
    source: null,
    target: 'Trust compliant devices',
    needed: null,
  },
  {
    title: 'Inbound trust: hybrid joined devices',
    meaning: 'The target accepts hybrid joined devices of the source.',
    source: null,
    target: 'Trust hybrid joined devices',
    needed: null,
  },
  {
    title: 'B2B direct connect',
    meaning: 'Shared channels. Not needed for synchronization.',
    source: 'B2B direct connect, outbound',
    target: 'B2B direct connect, inbound',
    needed: null,
  },
  {
    title: 'Multitenant organization',
    meaning: 'A multitenant organization writes partner entries by itself.',
    source: 'Multitenant organization',
    target: 'Multitenant organization',
    needed: null,
  },
  {
    title: 'Who may invite guests',
    meaning: '“nobody” in the target also stops synchronization.',
    source: null,
    target: 'Who may invite guests',
    needed: null,
  },
];
