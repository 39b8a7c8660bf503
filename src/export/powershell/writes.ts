import type { OperationName } from '../../graph/operations';
import { assignPrincipal, removeAssignment } from './assignments';
import {
  createIdentitySynchronization,
  createPartner,
  updateDefault,
  updateIdentitySynchronization,
  updatePartner,
} from './partners';
import { createPhoneMethod, deletePhoneMethod, disableSmsSignIn, enableSmsSignIn } from './phone-methods';
import { replaceSchema } from './schema';
import type { WriteRow } from './script';
import {
  createJob,
  instantiate,
  pauseJob,
  provisionOnDemand,
  replaceSecrets,
  restartJob,
  startJob,
  validateCredentials,
} from './synchronization';

/** Every operation of `graph/operations.ts` in PowerShell; one without a row does not compile. */
export const writeRows: Readonly<Record<OperationName, WriteRow>> = {
  'partners.create': createPartner,
  'partners.update': updatePartner,
  'default.update': updateDefault,
  'identitySynchronization.create': createIdentitySynchronization,
  'identitySynchronization.update': updateIdentitySynchronization,
  'applicationTemplates.instantiate': instantiate,
  'jobs.validateCredentials': validateCredentials,
  'jobs.create': createJob,
  'jobs.start': startJob,
  'jobs.pause': pauseJob,
  'jobs.restart': restartJob,
  'jobs.provisionOnDemand': provisionOnDemand,
  'secrets.replace': replaceSecrets,
  'schema.replace': replaceSchema,
  'appRoleAssignedTo.create': assignPrincipal,
  'appRoleAssignedTo.delete': removeAssignment,
  'phoneMethods.disableSmsSignIn': disableSmsSignIn,
  'phoneMethods.enableSmsSignIn': enableSmsSignIn,
  'phoneMethods.create': createPhoneMethod,
  'phoneMethods.delete': deletePhoneMethod,
};
