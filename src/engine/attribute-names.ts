/** The engine's attribute names that Graph calls otherwise; others are the same in both (facts 4.9). */
const graphNames: Readonly<Record<string, string>> = {
  telephoneNumber: 'businessPhones',
  mobile: 'mobilePhone',
  physicalDeliveryOfficeName: 'officeLocation',
};

/** Properties of a user that Graph lets us read side by side. */
const readable = new Set([
  'accountEnabled',
  'businessPhones',
  'city',
  'companyName',
  'country',
  'department',
  'displayName',
  'employeeId',
  'givenName',
  'jobTitle',
  'mail',
  'mailNickname',
  'mobilePhone',
  'officeLocation',
  'postalCode',
  'preferredLanguage',
  'showInAddressList',
  'state',
  'streetAddress',
  'surname',
  'usageLocation',
  'userPrincipalName',
  'userType',
]);

/** Graph's name of an engine attribute, or `null` for what Graph does not show (`alternativeSecurityIds`…). */
export function graphNameOf(attribute: string): string | null {
  const name = graphNames[attribute] ?? attribute;
  return readable.has(name) ? name : null;
}

/** The engine's names of attributes that users have on both sides, as far as they are documented (facts 4.9). */
export const knownAttributes: readonly string[] = [
  ...[...readable].filter((name) => !Object.values(graphNames).includes(name)),
  ...Object.keys(graphNames),
  ...['IsSoftDeleted', 'manager'],
];
