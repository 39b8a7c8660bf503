/** Cards as a steward would send them, to see the page at work. */

const text = (words: string, more: object = {}) => ({ type: 'TextBlock', text: words, wrap: true, ...more });

const header = (kind: string, state: string, style: string) => ({
  ...{ type: 'Container', style, bleed: true },
  items: [
    {
      type: 'ColumnSet',
      columns: [
        {
          ...{ type: 'Column', width: 'stretch' },
          items: [
            text(kind, { size: 'small', isSubtle: true }),
            text('Contoso → Fabrikam', {
              style: 'heading',
              weight: 'bolder',
              size: 'medium',
              spacing: 'none',
            }),
          ],
        },
        {
          ...{ type: 'Column', width: 'auto', verticalContentAlignment: 'center' },
          items: [text(`**${state}**`, { color: style === 'emphasis' ? 'accent' : style })],
        },
      ],
    },
  ],
});

const cell = (words: string) => ({ type: 'TableCell', items: [text(words)] });
const row = (...words: string[]) => ({ type: 'TableRow', cells: words.map(cell) });

const table = {
  ...{ type: 'Table', firstRowAsHeader: true, gridStyle: 'default', showGridLines: true },
  columns: [{ width: 1 }, { width: 3 }, { width: 2 }, { width: 2 }],
  rows: [
    row('#', 'Step', 'Before', 'After'),
    row('1', 'Partner entry in Fabrikam', 'absent', 'created'),
    row('2', 'Inbound synchronization', 'off', 'on'),
    row('3', 'Automatic redemption', 'off', 'on'),
  ],
};

const footer = (state: string) =>
  text(`PL-0031 · revision 1 · digest 9c41e07b · ${state}`, {
    size: 'small',
    isSubtle: true,
    separator: true,
  });

const decide = (title: string, decision: string, more: object = {}) => {
  const data = { decision, planId: 'PL-0031', revision: 1, nonce: 'n' };
  const fallback = { type: 'Action.Submit', title, data: { ...data, verb: 'decide' } };
  return { type: 'Action.Execute', title, verb: 'decide', data, fallback, ...more };
};

const shell = (speak: string, body: unknown[], actions: unknown[] = [], more: object = {}) => ({
  ...{ type: 'AdaptiveCard', version: '1.5', speak, fallbackText: speak, msteams: { width: 'Full' } },
  ...{ body, actions },
  ...more,
});

export const planCard = shell(
  'Plan PL-0031',
  [
    header('Plan', 'Draft', 'emphasis'),
    text(
      '9 changes in two tenants. Nothing is deleted. Can be undone. [Read more](https://example.com/guide)',
    ),
    table,
    {
      type: 'FactSet',
      facts: [
        { title: 'Tenants', value: 'Contoso (source), Fabrikam (target)' },
        { title: 'Affected', value: '**12 people** of group Pilot' },
      ],
    },
    {
      ...{
        type: 'Input.Text',
        id: 'reason',
        label: 'Why is this needed?',
        isRequired: true,
        isMultiline: true,
      },
      ...{ errorMessage: 'Say why, in a few words.', placeholder: 'For the approvers and the audit' },
    },
    footer('asked by Priya Raman'),
  ],
  [
    decide('Submit for approval', 'submit', { style: 'positive' }),
    {
      ...{ type: 'Action.ShowCard', title: 'More' },
      card: {
        type: 'AdaptiveCard',
        body: [
          {
            ...{ type: 'Input.ChoiceSet', id: 'userType', label: 'Users become', value: 'member' },
            choices: [
              { title: 'Members', value: 'member' },
              { title: 'Guests', value: 'guest' },
            ],
          },
          { type: 'Input.Number', id: 'guard', label: 'Deletion guard', value: 10, min: 1, max: 500 },
          { type: 'Input.Toggle', id: 'mail', title: 'Send mail when a user fails', value: 'true' },
        ],
        actions: [{ type: 'Action.Submit', title: 'Save the options', data: { command: 'edit' } }],
      },
    },
    { type: 'Action.OpenUrl', title: 'Open the guide', url: 'https://example.com/guide' },
    decide('Discard', 'discard', { style: 'destructive' }),
  ],
);

export const waitingCard = (reason: string) =>
  shell('Waiting for approval', [
    header('Plan', 'Waiting', 'warning'),
    text(`Waiting for Fabrikam (Mina Park). Reason: “${reason}”.`),
    footer('submitted now'),
  ]);

const refresh = (userIds: readonly string[]) => ({
  refresh: { action: { type: 'Action.Execute', verb: 'refresh', data: { planId: 'PL-0031' } }, userIds },
});

export const baseCard = (userIds: readonly string[]) =>
  shell(
    'Approval asked',
    [header('Approve', 'Waiting', 'warning'), text('Steps 1–3 change Fabrikam.'), footer('expires in 24 h')],
    [],
    refresh(userIds),
  );

export const approverCard = (userIds: readonly string[]) =>
  shell(
    'Approve for Fabrikam',
    [
      header('Approve', 'Your decision', 'warning'),
      text(
        'Priya Raman of Contoso asks for **3 changes in Fabrikam**. Users of Contoso will appear as members.',
      ),
      table,
      footer('expires in 24 h'),
    ],
    [
      decide('Approve for Fabrikam', 'approve', { style: 'positive' }),
      decide('Reject', 'reject', { style: 'destructive' }),
    ],
    refresh(userIds),
  );

export const doneCard = shell(
  'Done',
  [
    header('Done', 'Applied', 'good'),
    text('9 of 9 changes are in place, and reading back agrees.'),
    footer('approved by Mina Park'),
  ],
  [{ type: 'Action.Submit', title: 'Try one user', data: { command: 'try' } }],
);
