import { valuesKey, type ServiceRecord } from '../../../lib/platform/model';
import { services } from '../../../lib/platform/services';
import type { JsonObject } from '../../../lib/engine';
import { coalesce } from '../../../lib/engine/renderers';
import type { Values } from '../../cluster/support/helm';

/** What each main container may take; the stub needs some 10 MiB. */
export const LIMITS = { cpu: '400m', memory: '96Mi' };
const EVERY_SECOND = { periodSeconds: 1, timeoutSeconds: 1, failureThreshold: 3 };

const records: readonly ServiceRecord[] = services;

/** A service that fits small nodes and comes and goes quickly; its program learns its port, which our images know. */
function small(record: ServiceRecord): JsonObject {
  const { vllm, port } = record;
  // The memory of a vLLM server is in its profile.
  const requests = { cpu: '10m', ...(vllm ? {} : { memory: '16Mi' }) };
  const limits = vllm ? { cpu: LIMITS.cpu } : LIMITS;
  return {
    resources: { requests, limits },
    probes: {
      startup: { periodSeconds: 1, failureThreshold: 60 },
      readiness: EVERY_SECOND,
      liveness: { periodSeconds: 5 },
    },
    preStopSeconds: 1,
    terminationGracePeriodSeconds: 10,
    extraEnv: vllm ? [] : told(port.container),
  };
}

/** What the stub is told by its environment. */
export function told(port: number, more: Record<string, string> = {}): JsonObject[] {
  return Object.entries({ PORT: String(port), ...more }).map(([name, value]) => ({ name, value }));
}

const everyService = Object.fromEntries(records.map((record) => [valuesKey(record.name), small(record)]));

/** The values of a release of dev that fits two small nodes. */
export function onSmallNodes(overrides: JsonObject = {}): Values {
  return { environment: 'dev', overrides: coalesce({ services: everyService }, overrides) };
}

/** The same with these services alone, and without the hook, which is a scenario of its own. */
export function alone(own: Record<string, JsonObject>, more: JsonObject = {}): Values {
  const off = records.map(({ name }) => [valuesKey(name), { enabled: valuesKey(name) in own }]);
  // Each entry is a name and an object.
  const switches = Object.fromEntries(off) as JsonObject;
  const overrides = { services: coalesce(switches, own), hooks: { validateConfiguration: false } };
  return onSmallNodes(coalesce(overrides, more));
}
