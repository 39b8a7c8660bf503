import type { Cause } from './cause';
import { connectionCauses } from './connection';
import { engineCauses } from './engine';
import { quarantineCauses } from './quarantine';
import { requestCauses } from './request';
import { skipCauses } from './skip';
import { userCauses } from './user';

/** The whole catalogue; rows with a text come before the general row of the same code. */
export const causes: readonly Cause[] = [
  ...connectionCauses,
  ...userCauses,
  ...skipCauses,
  ...quarantineCauses,
  ...engineCauses,
  ...requestCauses,
];
