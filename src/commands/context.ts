export interface CommandContext {
  readonly placeholder: true;
}
