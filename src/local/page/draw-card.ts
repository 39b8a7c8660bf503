import type { Action } from 'adaptivecards';
import type { Card, Press } from '../protocol';
import { typedValues, withTypedValues, type TypedValues } from './card-inputs';
import { hostConfig } from './host-config';
import { isWebAddress, markdownToHtml } from './markdown';

export interface DrawnCard {
  readonly element: HTMLElement;
  typed(): TypedValues;
}

let isPrepared = false;
let drawnCards = 0;

function prepare(): void {
  if (isPrepared) return;
  isPrepared = true;
  AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = markdownToHtml(text);
    result.didProcess = true;
  };
}

function open(address: string | undefined): void {
  if (address && isWebAddress(address)) window.open(address, '_blank', 'noopener,noreferrer');
}

/** Draws a card with the official renderer. `onPress` gets checked inputs and the button that was pressed. */
export function drawCard(
  card: Card,
  typed: TypedValues,
  onPress: (action: Press['action'], button: HTMLElement | undefined) => void,
): DrawnCard {
  prepare();
  const drawing = new AdaptiveCards.AdaptiveCard();
  drawing.hostConfig = new AdaptiveCards.HostConfig(hostConfig);
  drawing.onExecuteAction = (action: Action) => {
    if (action instanceof AdaptiveCards.OpenUrlAction) return open(action.url);
    const type = action.getJsonTypeName();
    if (!(action instanceof AdaptiveCards.SubmitAction) && !(action instanceof AdaptiveCards.ExecuteAction))
      return;
    const { id, data } = action;
    const verb = action instanceof AdaptiveCards.ExecuteAction ? action.verb : undefined;
    const isExecute = type === 'Action.Execute';
    const pressed = {
      type: isExecute ? 'Action.Execute' : 'Action.Submit',
      id,
      verb,
      data: data ?? {},
    } as const;
    onPress(pressed, action.renderedElement);
  };
  drawing.parse(withTypedValues(card, typed));
  const element = drawing.render() ?? document.createElement('div');
  drawnCards += 1;
  for (const radio of element.querySelectorAll<HTMLInputElement>('input[type=radio]')) {
    // The renderer names radio buttons after the input's id: two cards on one page would share a group.
    radio.name = `${drawnCards} ${radio.name}`;
  }
  return { element, typed: () => typedValues(drawing.getAllInputs()) };
}
