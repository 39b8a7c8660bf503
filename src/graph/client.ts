/** Placeholder of the contract: replaced by the Graph layer. */
export interface GraphRead {
  readonly tenantId: string;
}
export interface GraphWrite extends GraphRead {
  readonly canWrite: true;
}
