import { createServer } from 'node:net';

/**
 * Below the ports that systems give to outgoing connections: a server that is stopped and started again on its port
 * must not find a client of another test there. Each jest worker has a range of its own.
 */
const [lowest, width, ranges] = [12_000, 2_000, 10];
const first = lowest + (Number(process.env['JEST_WORKER_ID'] ?? 0) % ranges) * width;
const given = new Set<number>();

/** A port of loopback that nobody has at this moment, and that this process has not given before. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const port = first + Math.floor(Math.random() * width);
    if (given.has(port)) continue;
    given.add(port);
    if (await isFree(port)) return port;
  }
  throw new Error(`no free port from ${first} to ${first + width}`);
}

/** So many ports that nobody has, all different. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const ports: number[] = [];
  while (ports.length < count) ports.push(await freePort());
  return ports;
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
