import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

const severalWords = /\p{L}[,.:;]? \p{L}/u;

/**
 * Sentences are not mutated, nor lines of the log: another wording is no other decision, and cards and golden files
 * are compared elsewhere. A code, a state or a verb holds no blank between letters, so it always is.
 */
export const wordsForPeople = {
  shouldIgnore({ node, parentPath }) {
    if (node.type === 'StringLiteral' && parentPath?.node.type !== 'ImportDeclaration')
      return severalWords.test(node.value) ? 'words for people' : undefined;
    if (node.type === 'TemplateLiteral') {
      const isPlain = node.expressions.every(({ type }) => ['Identifier', 'MemberExpression'].includes(type));
      const text = node.quasis.map(({ value }) => value.cooked).join('x');
      return isPlain && severalWords.test(text) ? 'words for people' : undefined;
    }
    return isLogLine(node) ? 'a line of the log' : undefined;
  },
};

function isLogLine({ type, callee }) {
  return type === 'CallExpression' && callee.type === 'MemberExpression' && callee.object.name === 'log';
}

export const strykerPlugins = [declareValuePlugin(PluginKind.Ignore, 'words-for-people', wordsForPeople)];
