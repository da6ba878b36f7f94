import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  AIRFLOW_CHART,
  AIRFLOW_PODS,
  airflowComponents,
  airflowPeerNames,
  knownEnds,
} from '../../../lib/platform/airflow';
import { defaultAirflow } from '../../../lib/values/airflow';
import { defaultNetwork } from '../../../lib/values/peers';

const named = new Map(airflowComponents.map((component) => [component.name, component]));
const callersOf = (peer: string): string[] =>
  airflowComponents.filter(({ calls }) => calls.some((called) => called === peer)).map(({ name }) => name);

test('workers, which run the code of DAGs, never talk to the database', () => {
  expect(callersOf('database')).toEqual(
    airflowComponents.map(({ name }) => name).filter((n) => n !== 'worker'),
  );
  expect(callersOf('executionApi')).toEqual(['worker']);
});

test('who has an end that most must not have', () => {
  expect(callersOf('kubernetes')).toEqual(['api-server', 'scheduler', 'worker']);
  expect(callersOf('git')).toEqual(['dag-processor', 'worker']);
  expect(callersOf('vllm')).toEqual(['worker']);
  expect(callersOf('s3')).toEqual(callersOf('aws'));
});

test('messages leave from where callbacks run', () => {
  for (const peer of ['alertmanager', 'slack', 'smtp'])
    expect(callersOf(peer)).toEqual(['dag-processor', 'triggerer', 'worker']);
});

test('everybody asks for names, nobody names an end twice, and every end is asked by somebody', () => {
  for (const { name, calls } of airflowComponents)
    expect({ name, calls: [...new Set(calls)].sort() }).toEqual({ name, calls: [...calls].sort() });
  expect(callersOf('dns')).toEqual([...named.keys()]);
  expect(
    [...airflowPeerNames, ...Object.keys(knownEnds)].filter((peer) => callersOf(peer).length === 0),
  ).toEqual([]);
});

test('the execution API is served where workers ask for it', () => {
  const { component } = knownEnds.executionApi;
  expect(named.get(component)?.serves?.to).toEqual(['people', 'worker']);
});

test('those who may call are components, or people', () => {
  const ends = airflowComponents.flatMap(({ serves, local }) => [
    ...(serves?.to ?? []),
    ...(local === undefined ? [] : [local.as, ...local.serves.to]),
  ]);
  expect(ends.filter((end) => end !== 'people' && !named.has(end))).toEqual([]);
});

test('ends beyond the platform are closed until somebody says where they are', () => {
  const open = airflowPeerNames.filter((name) => {
    const { selectors, blocks } = defaultAirflow.peers[name];
    return selectors.length + blocks.length > 0;
  });
  expect(open).toEqual(['kubernetes', 'database', 'alertmanager']);
});

test('labels and ports are those of the release that the values are written for', () => {
  const keys = readFileSync(join(__dirname, '../../../values/airflow/chart-keys.json'), 'utf8');
  expect((JSON.parse(keys) as { version: string }).version).toBe(AIRFLOW_CHART);
});

test('vLLM lets in the pods that ask it for its health', () => {
  const local = airflowComponents.filter((component) => component.local?.as === 'worker');
  const callers = [...callersOf('vllm'), ...local.map(({ name }) => name)];
  expect(callers).toEqual(['worker', 'scheduler']);
  expect(defaultNetwork.peers.airflow.selectors).toEqual(
    callers.map((component) => ({ podSelector: { matchLabels: { ...AIRFLOW_PODS, component } } })),
  );
});
