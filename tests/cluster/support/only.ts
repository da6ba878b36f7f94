import { valuesKey } from '../../../lib/platform/model';
import { services } from '../../../lib/platform/services';
import type { Values } from './helm';

/** A release of some services, by their keys among the values, without the check before it. */
export function only(wanted: Readonly<Record<string, object>>, more: object = {}): Values {
  const off = services.map(({ name }) => valuesKey(name)).filter((key) => !(key in wanted));
  const disabled = Object.fromEntries(off.map((key) => [key, { enabled: false } as const]));
  return {
    environment: 'dev',
    overrides: { hooks: { validateConfiguration: false }, ...more, services: { ...disabled, ...wanted } },
  };
}
