import { Refusal, notFound } from '../refusal';
import type { Call } from '../route';
import { readToken } from '../token';
import type { ServicePrincipal } from '../world';
import { sceneOf, type Scene } from './scene';
import type { Configuration, SyncJob } from './state';

export const readsApplications = [
  'Application.Read.All',
  'Application.ReadWrite.OwnedBy',
  'Application.ReadWrite.All',
  'Directory.Read.All',
];

export const readsSynchronization = [
  'Synchronization.Read.All',
  'Synchronization.ReadWrite.All',
  'Application.ReadWrite.OwnedBy',
  'Application.ReadWrite.All',
  'Directory.Read.All',
];

export const writesSynchronization = [
  'Synchronization.ReadWrite.All',
  'Application.ReadWrite.OwnedBy',
  'Application.ReadWrite.All',
];

/** The service principal that the path names; 404 when there is none. */
export function servicePrincipalOf({ tenant, parameters }: Call): ServicePrincipal {
  const id = parameters['servicePrincipalId'] ?? '';
  const found = tenant.servicePrincipals[id.toLowerCase()];
  if (!found) throw notFound(id);
  return found;
}

/** Its provisioning configuration; 404 when the service principal was not made from the template. */
export function configurationOf(call: Call): Configuration {
  const { id } = servicePrincipalOf(call);
  const configuration = call.tenant.sync.configurations[id];
  if (!configuration) throw notFound(id);
  refuseOthersApplication(call, configuration);
  return configuration;
}

/** `Application.ReadWrite.OwnedBy` alone reaches only what the caller made. */
function refuseOthersApplication(call: Call, { ownerClientId }: Configuration): void {
  if (call.actorId) return;
  const { roles, appid } = readToken(call.world, call.headers.authorization).claims;
  const wide = call.method === 'GET' ? readsSynchronization : writesSynchronization;
  const reaches = wide.some((name) => name !== 'Application.ReadWrite.OwnedBy' && roles.includes(name));
  if (reaches || appid === ownerClientId) return;
  throw new Refusal(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');
}

/** The job that the path names, with its configuration; 404 when there is none. */
export function jobOf(call: Call): { configuration: Configuration; job: SyncJob } {
  const configuration = configurationOf(call);
  const id = call.parameters['jobId'] ?? '';
  if (configuration.job?.id !== id) throw notFound(id);
  return { configuration, job: configuration.job };
}

/** The scene of the job that the path names. */
export function sceneOfCall(call: Call, mode: { isOnDemand?: boolean } = {}): Scene {
  const { configuration, job } = jobOf(call);
  const scene = sceneOf(call.world, call.tenant, configuration, mode);
  if (!scene) throw notFound(job.id);
  return scene;
}

/** What a `$metadata` link of this service principal starts with. */
export function contextOf({ origin, version }: Call, servicePrincipalId: string, rest: string): string {
  return `${origin}/${version}/$metadata#servicePrincipals('${servicePrincipalId}')/${rest}`;
}
