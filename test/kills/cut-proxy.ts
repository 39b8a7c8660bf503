import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Stands between the bot and PostgreSQL, and cuts a connection at a COMMIT: before it is sent, or before its answer. */
export class CutProxy {
  cuts = 0;
  private server!: Server;
  private armed: { when: 'before' | 'after'; skip: number } | null = null;
  private readonly sockets = new Set<Socket>();

  /** @returns the address of the same database through the proxy */
  async listen(databaseUrl: string): Promise<string> {
    const target = new URL(databaseUrl);
    this.server = createServer((client) => this.pair(client, connect(Number(target.port), target.hostname)));
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
    target.port = String((this.server.address() as AddressInfo).port);
    return target.href;
  }

  /** Cuts the connection that commits next, after `skip` commits that pass. */
  arm(when: 'before' | 'after', skip: number): void {
    this.armed = { when, skip };
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((done) => this.server.close(done));
  }

  private pair(client: Socket, server: Socket): void {
    const end = () => [client, server].forEach((socket) => socket.destroy());
    for (const socket of [client, server]) {
      this.sockets.add(socket);
      socket.on('error', end);
      socket.on('close', () => {
        this.sockets.delete(socket);
        end();
      });
    }
    let isMute = false;
    client.on('data', (chunk) => {
      const cut = this.cutAt(chunk);
      if (cut === 'before') return end();
      isMute ||= cut === 'after';
      server.write(chunk);
    });
    server.on('data', (chunk) => {
      if (isMute) return end();
      client.write(chunk);
    });
  }

  private cutAt(chunk: Buffer): 'before' | 'after' | null {
    if (!this.armed || !/\bcommit\b/i.test(chunk.toString('latin1'))) return null;
    if (this.armed.skip-- > 0) return null;
    const { when } = this.armed;
    this.armed = null;
    this.cuts += 1;
    return when;
  }
}
