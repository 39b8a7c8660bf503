/** A colour of theme.css: the browser resolves it, so that a change of theme needs no new drawing. */
const color = (name: string) => ({ default: `var(--card-${name})`, subtle: `var(--card-${name}-subtle)` });

const foregroundColors = {
  ...{ default: color('text'), dark: color('text'), light: color('light') },
  ...{
    accent: color('accent'),
    good: color('good'),
    warning: color('warning'),
    attention: color('attention'),
  },
};

const style = (name: string) => ({
  ...{ backgroundColor: `var(--card-${name}-fill)`, borderColor: 'var(--line)', foregroundColors },
});

const type = {
  fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 22 },
  fontWeights: { lighter: 300, default: 400, bolder: 600 },
  lineHeights: { small: 16, default: 20, medium: 22, large: 24, extraLarge: 28 },
};

/** How Teams lays cards out, in the chat's colours. */
export const hostConfig = {
  spacing: { small: 4, default: 8, medium: 12, large: 20, extraLarge: 28, padding: 12 },
  separator: { lineThickness: 1, lineColor: 'var(--line)' },
  supportsInteractivity: true,
  fontTypes: {
    default: { ...type, fontFamily: 'var(--font)' },
    monospace: { ...type, fontFamily: 'var(--mono)' },
  },
  containerStyles: {
    ...{ default: style('default'), emphasis: style('emphasis'), accent: style('accent') },
    ...{ good: style('good'), attention: style('attention'), warning: style('warning') },
  },
  imageSizes: { small: 32, medium: 52, large: 100 },
  actions: {
    ...{ maxActions: 6, spacing: 'default', buttonSpacing: 8, actionsOrientation: 'horizontal' },
    ...{ actionAlignment: 'left', preExpandSingleShowCardAction: false },
    showCard: { actionMode: 'inline', inlineTopMargin: 12, style: 'emphasis' },
  },
  adaptiveCard: { allowCustomStyle: true },
  factSet: {
    title: {
      color: 'default',
      size: 'default',
      isSubtle: true,
      weight: 'default',
      wrap: true,
      maxWidth: 160,
    },
    value: { color: 'default', size: 'default', isSubtle: false, weight: 'default', wrap: true },
    spacing: 12,
  },
  table: { cellSpacing: 6 },
  inputs: {
    label: {
      requiredInputs: { color: 'default', weight: 'bolder', suffix: ' *', suffixColor: 'attention' },
      optionalInputs: { color: 'default', weight: 'bolder' },
    },
    errorMessage: { color: 'attention', size: 'small' },
  },
  textStyles: { heading: { size: 'large', weight: 'bolder' }, columnHeader: { weight: 'bolder' } },
};
