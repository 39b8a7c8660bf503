/** The one way in which a card asks for a reason; its id is `reason`. */
export function reasonInput(label: string) {
  return {
    type: 'Input.Text',
    id: 'reason',
    label,
    isRequired: true,
    errorMessage: 'Give a reason: people will read it.',
    isMultiline: true,
    maxLength: 400,
  };
}
