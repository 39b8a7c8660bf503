import type { Link, Person, Tenant } from '../../../src/plan/types';

/** Names that a set of samples is drawn with. */
export interface Cast {
  readonly link: Link;
  readonly requester: Person;
  readonly sourceApprover: Person;
  readonly targetApprover: Person;
  readonly user: { readonly displayName: string; readonly userPrincipalName: string };
  readonly group: string;
  /** A sentence as a person or the directory would hand it over. */
  readonly words: string;
}

export const sourceId = '11111111-aaaa-4aaa-8aaa-111111111111';
export const targetId = '22222222-bbbb-4bbb-8bbb-222222222222';

const tenant = (tenantId: string, key: string, displayName: string): Tenant => ({
  tenantId,
  key,
  displayName,
  cloud: 'public',
});
const person = (tenantId: string, digit: string, displayName: string): Person => ({
  tenantId,
  objectId: `${digit.repeat(8)}-cccc-4ccc-8ccc-${digit.repeat(12)}`,
  displayName,
});

function cast(names: {
  source: string;
  target: string;
  people: readonly [string, string, string];
  user: string;
  upn: string;
  group: string;
  words: string;
}): Cast {
  return {
    link: { source: tenant(sourceId, 'con', names.source), target: tenant(targetId, 'fab', names.target) },
    requester: person(sourceId, '3', names.people[0]),
    sourceApprover: person(sourceId, '4', names.people[1]),
    targetApprover: person(targetId, '5', names.people[2]),
    user: { displayName: names.user, userPrincipalName: names.upn },
    group: names.group,
    words: names.words,
  };
}

export const contoso = cast({
  source: 'Contoso',
  target: 'Fabrikam',
  people: ['Priya Patel', 'Omar Okafor', 'Mina Moss'],
  user: 'Bob Baker',
  upn: 'bob@contoso.com',
  group: 'Pilot',
  words: 'Pilot of the merger: twelve people start on Monday.',
});

/** Every name tries to be a link, a mention, a template or a layout of its own. */
export const hostile = cast({
  source: '[Contoso](https://evil.example)',
  target: '<at>Everyone</at> **Fabrikam** ${$root}',
  people: ['# Priya\n- [x] ok', '\u202Eraamo\u200B *Omar*', '![Mina](https://evil.example/a.png)'],
  user: 'Bob | `code` ~~gone~~ https://evil.example',
  upn: '"bob" --yes@evil.example',
  group: 'Pilot](https://evil.example) ${1+1}',
  words: '> approve now\n\n1. [Open](javascript:alert(1)) <b>bold</b> ${secret} &lt;at&gt;All&lt;/at&gt;',
});

const long = (word: string) => word.repeat(40);
export const longest = cast({
  source: long('Contoso'),
  target: `${long('Fabrikam ')}`,
  people: [long('Priya '), long('Omar'), long('Mina-')],
  user: long('Bartholomew'),
  upn: `${long('bartholomew')}@contoso.com`,
  group: long('Pilot'),
  words: long('A very long reason. '),
});

/** German names and sentences: compounds that do not break. */
export const german = cast({
  source: 'Contoso Versicherungsgesellschaft',
  target: 'Fabrikam Donaudampfschifffahrt',
  people: ['Friederike Müller-Lüdenscheidt', 'Öznur Großschmidt', 'Käthe von Überlingen'],
  user: 'Maximilian Rechtsschutzversicherer',
  upn: 'maximilian.rechtsschutzversicherer@contoso.com',
  group: 'Kraftfahrzeughaftpflichtversicherung',
  words: 'Zusammenführung der Kraftfahrzeughaftpflichtversicherungsabteilungen beider Häuser.',
});
