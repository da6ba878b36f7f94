import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failure, run } from './run';

/** A key, and the certificate of a server on this machine that signed itself. */
export async function selfSigned(): Promise<{ readonly key: string; readonly cert: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'medkg-certificate-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const args = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const subject = ['-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  try {
    const outcome = await run('openssl', [...args, ...subject, '-keyout', key, '-out', cert]);
    if (outcome.code !== 0) throw failure(['openssl', ...args], outcome);
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
