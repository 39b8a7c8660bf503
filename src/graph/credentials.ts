import {
  ClientAssertionCredential,
  ClientCertificateCredential,
  ClientSecretCredential,
  ManagedIdentityCredential,
  WorkloadIdentityCredential,
  type AccessToken,
  type TokenCredential,
} from '@azure/identity';
import { z } from 'zod/v4';
import type { GraphApplication } from '../config';
import { BotError } from '../errors';
import { isLoopback } from './egress';
import { count, text } from './parse';

export interface CredentialSurroundings {
  /** Origin of the sign-in service. */
  readonly authority: string;
  readonly mode: 'production' | 'local';
  readonly fetch: typeof fetch;
}

/** How one application proves who it is in one tenant; one object per (tenant, application), never shared (C2 11). */
export function credentialFor(
  application: GraphApplication,
  tenantId: string,
  surroundings: CredentialSurroundings,
): TokenCredential {
  const { clientId, credential } = application;
  // Only Microsoft's own sign-in hosts can be confirmed by its discovery service; loopback exists in local mode only.
  const disableInstanceDiscovery = isLoopback(new URL(surroundings.authority));
  const options = { authorityHost: surroundings.authority, disableInstanceDiscovery };
  switch (credential.type) {
    case 'secret':
      return new ClientSecretCredential(tenantId, clientId, credential.secret, options);
    case 'certificate':
      return new ClientCertificateCredential(
        tenantId,
        clientId,
        { certificatePath: credential.path },
        options,
      );
    case 'managed-identity':
      return new ManagedIdentityCredential({ clientId: credential.clientId });
    case 'federated': {
      const identity = new ManagedIdentityCredential({ clientId: credential.managedIdentityClientId });
      const audience = exchangeAudience(surroundings.authority);
      const assertion = async () => (await identity.getToken(audience)).token;
      return new ClientAssertionCredential(tenantId, clientId, assertion, options);
    }
    case 'token-file':
      return new WorkloadIdentityCredential({
        ...{ tenantId, clientId, tokenFilePath: credential.path },
        ...options,
      });
    case 'simulator':
      return simulatorCredential(clientId, tenantId, surroundings);
  }
}

function exchangeAudience(authority: string): string {
  if (authority.endsWith('.us')) return 'api://AzureADTokenExchangeUSGov/.default';
  if (authority.endsWith('.cn')) return 'api://AzureADTokenExchangeChina/.default';
  return 'api://AzureADTokenExchange/.default';
}

const tokenAnswerSchema = z.object({ access_token: text, expires_in: count, error_description: text });

/** Asks the simulator's token endpoint; loopback only, local mode only. */
function simulatorCredential(
  clientId: string,
  tenantId: string,
  { authority, mode, fetch: ask }: CredentialSurroundings,
): TokenCredential {
  if (mode !== 'local' || !/^http:\/\/(127\.0\.0\.1|\[::1\]|localhost)(:\d+)?$/.test(authority)) {
    throw new BotError(
      'bad-settings',
      'preparing a simulated sign-in',
      'Use the simulator credential in local mode only.',
    );
  }
  return {
    async getToken(scope): Promise<AccessToken> {
      const asked = Date.now();
      const answer = await ask(`${authority}/${encodeURIComponent(tenantId)}/oauth2/v2.0/token`, {
        method: 'POST',
        redirect: 'error',
        signal: AbortSignal.timeout(30_000),
        body: new URLSearchParams({
          client_id: clientId,
          scope: String(scope),
          grant_type: 'client_credentials',
        }),
      });
      const body = tokenAnswerSchema.parse(await answer.json());
      if (!answer.ok || !body.access_token) {
        throw Object.assign(new Error(body.error_description ?? `token endpoint answered ${answer.status}`), {
          statusCode: answer.status,
        });
      }
      return { token: body.access_token, expiresOnTimestamp: asked + (body.expires_in ?? 3599) * 1000 };
    },
  };
}
