import type { MappingLine } from './mapping-lines';

interface TemplateLine {
  readonly target: string;
  readonly expression: string;
  readonly flowType: string;
  /** Documented for certain; the others probably stand in the template (facts 4.9). */
  readonly isCertain: boolean;
}

const direct = (isCertain: boolean, ...names: readonly string[]): TemplateLine[] =>
  names.map((target) => ({ target, expression: `[${target}]`, flowType: 'Always', isCertain }));

/** The mappings for users that the service's template brings, as far as they are documented (facts 4.9). */
export const templateLines: readonly TemplateLine[] = [
  {
    ...{ target: 'alternativeSecurityIds', expression: 'AltSecIdFromNetId([netId])' },
    ...{ flowType: 'Always', isCertain: true },
  },
  ...direct(
    true,
    'IsSoftDeleted',
    'accountEnabled',
    'streetAddress',
    'city',
    'state',
    'postalCode',
    'country',
  ),
  ...direct(true, 'department', 'employeeId', 'displayName', 'givenName', 'preferredLanguage', 'surname'),
  ...direct(true, 'telephoneNumber', 'userPrincipalName', 'mail', 'manager'),
  ...direct(false, 'jobTitle', 'mobile', 'mailNickname', 'physicalDeliveryOfficeName'),
  { target: 'showInAddressList', expression: '"true"', flowType: 'Always', isCertain: true },
  { target: 'userType', expression: '"Member"', flowType: 'ObjectAddOnly', isCertain: true },
];

export type Difference = 'same' | 'changed' | 'added' | 'missing';

/** How one mapping stands to the template. */
export function differenceOf(line: MappingLine): Exclude<Difference, 'missing'> {
  const template = templateLine(line.target);
  if (!template) return 'added';
  const isSame = template.expression === line.expression && template.flowType === line.flowType;
  return isSame ? 'same' : 'changed';
}

export function templateLine(target: string): TemplateLine | undefined {
  return templateLines.find((line) => line.target.toLowerCase() === target.toLowerCase());
}

/** Mappings that the template surely has and the schema has not. */
export function missingFrom(lines: readonly MappingLine[]): readonly TemplateLine[] {
  return templateLines.filter(
    (template) => template.isCertain && !lines.some(({ target }) => target === template.target),
  );
}
