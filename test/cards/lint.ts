import { CARD_LIMIT_BYTES, sizeOf } from '../../src/cards/render';
import type { AdaptiveCard } from '../../src/store/ports';
import { nodesOf } from './walk';

/** Everything about a card that would trouble a reader or a client (teams A1, A2, A10); empty when it is well. */
export function faultsOf(card: AdaptiveCard): string[] {
  const json = JSON.stringify(card);
  return [
    ...(card['version'] === '1.5' ? [] : ['is not version 1.5']),
    ...['fallbackText', 'speak', 'lang'].filter((field) => !card[field]).map((field) => `lacks ${field}`),
    ...(json.includes('${') ? ['holds a template mark'] : []),
    ...(json.includes('undefined') || json.includes('[object') ? ['shows an object that has no words'] : []),
    ...(sizeOf(card) > CARD_LIMIT_BYTES ? [`has ${sizeOf(card)} bytes`] : []),
    ...nodesOf(card).flatMap(faultsOfNode),
  ];
}

function faultsOfNode(node: Record<string, unknown>): string[] {
  const type = String(node['type'] ?? '');
  if (type === 'TextBlock') return textFaults(node);
  if (type.startsWith('Input.')) return inputFaults(node);
  if (type === 'Table') return tableFaults(node);
  if (type === 'Image' && !node['altText']) return ['has an image without altText'];
  const actions = node['actions'];
  if (Array.isArray(actions)) return actionFaults(actions as Record<string, unknown>[]);
  return [];
}

function textFaults(node: Record<string, unknown>): string[] {
  const text = node['text'];
  if (typeof text !== 'string') return ['has a text that is no string'];
  return [
    ...(node['wrap'] === true ? [] : [`does not wrap “${text}”`]),
    ...(text.trim() === '' ? ['has an empty line'] : []),
  ];
}

function inputFaults(node: Record<string, unknown>): string[] {
  const id = String(node['id']);
  return [
    ...(node['label'] ? [] : [`input ${id} lacks a label`]),
    ...(node['isRequired'] && !node['errorMessage'] ? [`input ${id} lacks an error message`] : []),
  ];
}

function tableFaults(node: Record<string, unknown>): string[] {
  const columns = (node['columns'] as unknown[]).length;
  const rows = node['rows'] as { cells: { items: unknown[] }[] }[];
  return [
    ...(node['firstRowAsHeader'] === true ? [] : ['has a table without a header']),
    ...(rows.length <= 13 ? [] : [`has a table of ${rows.length} rows`]),
    ...(rows.length > 1 ? [] : ['has a table without rows']),
    ...rows.filter((row) => row.cells.length !== columns).map(() => 'has a row with another number of cells'),
    ...rows
      .flatMap((row) => row.cells)
      .filter((cell) => cell.items.length === 0)
      .map(() => 'has an empty cell'),
  ];
}

function actionFaults(actions: readonly Record<string, unknown>[]): string[] {
  const positives = actions.filter((action) => action['style'] === 'positive').length;
  const bare = actions.filter((action) => action['type'] === 'Action.Execute' && !action['fallback']);
  return [
    ...(actions.length <= 6 ? [] : [`has ${actions.length} buttons`]),
    ...(positives <= 1 ? [] : [`has ${positives} positive buttons`]),
    ...bare.map((action) => `button ${String(action['title'])} has no fallback`),
    ...actions.filter((action) => !action['title']).map(() => 'has a button without a title'),
  ];
}
