import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';

/** A webhook that takes every question and answers none. */
export interface SilentWebhook {
  readonly url: string;
  readonly caBundle: string;
  readonly stop: () => void;
}

/** Listens on this machine, where an API server that was started here finds it, with that one's certificate. */
export async function silentWebhook(state: string): Promise<SilentWebhook> {
  const file = (name: string): Buffer => readFileSync(join(state, 'tls', name));
  const server = createServer({ cert: file('server.crt'), key: file('server.key') }, () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server on a port has an address of this kind.
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://127.0.0.1:${String(port)}/validate`,
    caBundle: file('ca.crt').toString('base64'),
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
