import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const con = '11111111-1111-4111-8111-111111111111';
const fab = '22222222-2222-4222-8222-222222222222';

function person(
  key: string,
  displayName: string,
  tenant: 'con' | 'fab',
  roles: readonly string[],
  extras: { readonly eligibleRoles?: readonly string[]; readonly userType?: string } = {},
) {
  const domain = tenant === 'con' ? 'contoso.com' : 'fabrikam.com';
  return {
    ...{ key, displayName, tenantKey: tenant, tenantId: tenant === 'con' ? con : fab },
    aadObjectId: `00000000-0000-4000-8000-${Buffer.from(key.padEnd(6, '_')).toString('hex')}`,
    userPrincipalName: `${key}@${domain}`,
    ...{ roles, eligibleRoles: extras.eligibleRoles ?? [], userType: extras.userType ?? 'Member' },
  };
}

/** What `GET /_control/world` answers, with a few people of two tenants. */
export const worldFixture = {
  tenants: [
    {
      key: 'con',
      tenantId: con,
      displayName: 'Contoso',
      defaultDomain: 'contoso.com',
      initialDomain: 'contoso.onmicrosoft.com',
    },
    {
      key: 'fab',
      tenantId: fab,
      displayName: 'Fabrikam',
      defaultDomain: 'fabrikam.com',
      initialDomain: 'fabrikam.onmicrosoft.com',
    },
  ],
  people: [
    person('priya', 'Priya Raman', 'con', [
      'Hybrid Identity Administrator',
      'Cloud Application Administrator',
      'Security Administrator',
      'Privileged Role Administrator',
    ]),
    person('omar', 'Omar Haddad', 'con', ['Security Administrator', 'Application Administrator']),
    person('noor', 'Noor Aziz', 'con', ['Global Reader']),
    person('zoe', 'Zoe Papadaki', 'con', []),
    person('ivy', 'Ivy Novak', 'con', [], { eligibleRoles: ['Security Administrator'] }),
    person('gil', 'Gil Romero', 'con', [], { userType: 'Guest' }),
    person('mina', 'Mina Park', 'fab', ['Security Administrator', 'Privileged Role Administrator']),
    person('tom', 'Tom Okafor', 'fab', ['Security Administrator']),
  ],
};

export interface WorldServer {
  readonly url: string;
  /** Every `advance` that was asked for. */
  readonly advances: readonly string[];
  close(): Promise<void>;
}

/** The two control calls that the chat makes, answered without a simulator. */
export async function startWorldServer(world: unknown = worldFixture): Promise<WorldServer> {
  const advances: string[] = [];
  let nowMs = Date.parse('2026-03-02T08:00:00Z');
  const server: Server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      if (request.url === '/_control/clock') {
        const { advance } = JSON.parse(text || '{"advance":"PT0S"}') as { advance: string };
        if (advance !== 'PT0S') advances.push(advance);
        nowMs += Number(/^PT(\d+)M$/.exec(advance)?.[1] ?? 0) * 60_000;
      }
      const answer =
        request.url === '/_control/clock' ? { now: new Date(nowMs).toISOString(), speed: 1 } : world;
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    advances,
    close: () => new Promise((resolve) => (server.closeAllConnections(), server.close(() => resolve()))),
  };
}
