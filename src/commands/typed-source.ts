import { knownAttributes } from '../engine/attribute-names';
import { attributesIn, longestExpression, readExpression } from '../engine/expression';
import { templateLine } from '../engine/template';
import type { MappingSubject } from '../plan/subject';
import { nearest } from './nearest';

type Source = MappingSubject['source'];

/** Attributes that cannot be a source, and that cannot be a target (facts 4.9). */
const neverSource = ['userType', 'SamAccountName'];
const neverTarget = ['otherMails', 'proxyAddresses'];

/** Where a value shall come from, as typed: an attribute, `"text"`, `Function(…)` or `default`; else what is wrong. */
export function typedSource(
  attribute: string,
  typed: string,
): { readonly source: Source } | { readonly fault: string } {
  if (neverTarget.includes(attribute)) return { fault: `The service maps nothing to ${attribute}.` };
  const text = typed.trim().replace(/[“”„]/g, '"');
  if (text.toLowerCase() === 'default') return { source: templateSource(attribute) };
  if (text.length > longestExpression) return { fault: `The service takes ${longestExpression} characters.` };
  const bare = /^\w+$/.test(text) ? spelled(text) : null;
  if (bare !== null) return attributeSource(bare);
  const read = readExpression(text);
  if (!read) return unreadable(text);
  if (read.kind === 'attribute') return attributeSource(spelled(read.name));
  if (read.kind === 'text') return { source: { type: 'Constant', expression: text } };
  const never = attributesIn(read).find((name) => neverSource.includes(name));
  if (never) return { fault: `The service reads no ${never} from the source.` };
  return { source: { type: 'Function', expression: text } };
}

/** A function that we cannot read may still be one: the service judges it, and nothing is previewed. */
function unreadable(text: string): { readonly source: Source } | { readonly fault: string } {
  const isCall = /^[A-Za-z]\w*\s*\(/.test(text) && text.endsWith(')');
  if (isCall) return { source: { type: 'Function', expression: text } };
  return { fault: 'Write a source attribute like department, a "text", Function(…) or default.' };
}

function attributeSource(name: string): { readonly source: Source } | { readonly fault: string } {
  if (neverSource.includes(name)) return { fault: `The service reads no ${name} from the source.` };
  if (knownAttributes.includes(name) || /^extensionAttribute\d{1,2}$/.test(name)) {
    return { source: { type: 'Attribute', expression: `[${name}]` } };
  }
  const near = nearest(name, knownAttributes, (one) => [one], 1)[0];
  const meant = near ? ` Did you mean ${near}?` : ' Put a fixed text in quotes.';
  return { fault: `“${name.slice(0, 40)}” is no attribute of a source user.${meant}` };
}

/** What the template has; an attribute that it does not map is not mapped any more. */
function templateSource(attribute: string): Source {
  const line = templateLine(attribute);
  if (!line) return null;
  const type = line.expression.startsWith('[')
    ? 'Attribute'
    : line.expression.startsWith('"')
      ? 'Constant'
      : 'Function';
  return { type, expression: line.expression };
}

/** As the engine spells it, whatever the case that was typed. */
export function spelled(typed: string): string {
  return knownAttributes.find((name) => name.toLowerCase() === typed.toLowerCase()) ?? typed;
}
