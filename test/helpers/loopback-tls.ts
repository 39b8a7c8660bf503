import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';

export interface LoopbackCertificate {
  readonly key: string;
  readonly certificate: string;
  /** A PEM file with both. */
  readonly path: string;
  remove(): void;
}

/** A certificate for 127.0.0.1, made now; null where openssl is absent. */
export function makeCertificate(): LoopbackCertificate | null {
  const folder = mkdtempSync(join(tmpdir(), 'loopback-tls-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=127.0.0.1'];
  const files = ['-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', 'key.pem', '-out', 'cert.pem'];
  try {
    execFileSync('openssl', [...request, ...files], { cwd: folder, stdio: 'ignore' });
  } catch {
    remove();
    return null;
  }
  const [key = '', certificate = ''] = ['key.pem', 'cert.pem'].map((name) =>
    readFileSync(join(folder, name), 'utf8'),
  );
  const path = join(folder, 'both.pem');
  writeFileSync(path, `${key}\n${certificate}`);
  return { key, certificate, path, remove };
}

/**
 * Adds the certificate to the trusted ones of this process, as NODE_EXTRA_CA_CERTS does at its start: libraries make
 * agents of their own. Verification stays on. @returns how to undo it
 */
export function trust(certificate: string): () => void {
  const { createSecureContext } = tls;
  tls.createSecureContext = (options) => {
    const made = createSecureContext(options);
    (made.context as { addCACert(certificate: string): void }).addCACert(certificate);
    return made;
  };
  return () => {
    tls.createSecureContext = createSecureContext;
  };
}

export interface TlsServer {
  readonly origin: string;
  close(): Promise<void>;
}

export async function startTlsServer(
  { key, certificate }: LoopbackCertificate,
  answer: RequestListener,
): Promise<TlsServer> {
  const server = createServer({ key, cert: certificate }, answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
