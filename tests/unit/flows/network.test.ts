import {
  AIRFLOW_PODS,
  airflowComponents,
  airflowPeerNames,
  type AirflowPeerName,
} from '../../../lib/platform/airflow';
import type { JsonObject } from '../../../lib/engine';
import { renderFlows } from '../../support/platform';
import { passes, type End } from '../../support/traffic';

const NAMESPACE = 'airflow';
const address = (peer: AirflowPeerName): string => `192.0.2.${airflowPeerNames.indexOf(peer) + 1}`;
const portOf = (peer: AirflowPeerName): number => 7000 + airflowPeerNames.indexOf(peer);

function policiesOf(executor: string): ReturnType<ReturnType<typeof renderFlows>['all']> {
  const peers: JsonObject = Object.fromEntries(
    airflowPeerNames.map((peer) => [
      peer,
      { selectors: [], blocks: [{ cidr: `${address(peer)}/32`, except: [] }], ports: [portOf(peer)] },
    ]),
  );
  return renderFlows({ airflow: { namespace: NAMESPACE, executor, peers } }).all('NetworkPolicy');
}

const distributed = policiesOf('KubernetesExecutor') as Parameters<typeof passes>[0];
const local = policiesOf('LocalExecutor') as Parameters<typeof passes>[0];
const podOf = (component: string): End => ({ labels: { ...AIRFLOW_PODS, component }, namespace: NAMESPACE });

describe.each(airflowComponents)('$name', ({ name, calls }) => {
  test.each(airflowPeerNames)('reaches %s if its row says so', (peer) => {
    const open = passes(distributed, NAMESPACE, {
      from: podOf(name),
      to: { ip: address(peer) },
      port: portOf(peer),
    });
    expect(open).toBe(calls.includes(peer));
  });

  test('asks the execution API if its row says so and that lets it in', () => {
    const open = passes(distributed, NAMESPACE, { from: podOf(name), to: podOf('api-server'), port: 8080 });
    expect(open).toBe(calls.includes('executionApi'));
  });

  test('serves no other pod anything else', () => {
    for (const { name: caller } of airflowComponents)
      expect(passes(distributed, NAMESPACE, { from: podOf(caller), to: podOf(name), port: 8793 })).toBe(
        false,
      );
  });
});

test('workers never reach the database', () => {
  for (const policies of [distributed, local])
    expect(
      passes(policies, NAMESPACE, {
        from: podOf('worker'),
        to: { ip: address('database') },
        port: portOf('database'),
      }),
    ).toBe(false);
});

test('a scheduler that runs the tasks calls whom a worker calls, and shows their logs', () => {
  const toAlertmanager = {
    from: podOf('scheduler'),
    to: { ip: address('alertmanager') },
    port: portOf('alertmanager'),
  };
  expect(passes(distributed, NAMESPACE, toAlertmanager)).toBe(false);
  expect(passes(local, NAMESPACE, toAlertmanager)).toBe(true);
  const logs = { from: podOf('api-server'), to: podOf('scheduler'), port: 8793 };
  const api = { from: podOf('scheduler'), to: podOf('api-server'), port: 8080 };
  expect(passes(local, NAMESPACE, api)).toBe(true);
  expect([distributed, local].map((policies) => passes(policies, NAMESPACE, logs))).toEqual([false, true]);
});
