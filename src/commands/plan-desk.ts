export interface PlanDesk {
  readonly placeholder: true;
}
