import { podDemand } from '../../../lib/capacity/pod';
import type { JsonObject } from '../../../lib/engine';
import { container, inPool } from './objects';

const requestsOf = (spec: JsonObject): object => podDemand(spec).requests;

describe('the requests of a pod', () => {
  test('are those of its containers together, and one place', () => {
    expect(
      requestsOf({ containers: [container({ cpu: '1' }), container({ cpu: '500m', memory: '1Ki' })] }),
    ).toEqual({ cpu: 1500, memory: 1024, pods: 1 });
  });

  test('are those of an initial container, where it asks for more', () => {
    const initContainers = [container({ cpu: '3', memory: '1' }), container({ cpu: '2', memory: '9' })];
    expect(requestsOf({ initContainers, containers: [container({ cpu: '1', memory: '5' })] })).toEqual({
      cpu: 3000,
      memory: 9,
      pods: 1,
    });
  });

  test('are beside those of sidecars, from their start on', () => {
    const sidecar = container({ cpu: '2' }, { cpu: '2' }, { restartPolicy: 'Always' });
    const containers = [container({ cpu: '1' })];
    expect(requestsOf({ initContainers: [sidecar], containers })).toEqual({ cpu: 3000, pods: 1 });
    expect(requestsOf({ initContainers: [sidecar, container({ cpu: '4' })], containers })).toEqual({
      cpu: 6000,
      pods: 1,
    });
    expect(requestsOf({ initContainers: [container({ cpu: '4' }), sidecar], containers })).toEqual({
      cpu: 4000,
      pods: 1,
    });
  });

  test('are the limits where none are given', () => {
    expect(requestsOf({ containers: [container({ cpu: '1' }, { cpu: '2', memory: '7' })] })).toEqual({
      cpu: 1000,
      memory: 7,
      pods: 1,
    });
  });

  test('are nothing without resources', () => {
    expect(requestsOf({ containers: [{ name: 'main' }] })).toEqual({ pods: 1 });
  });
});

test('limits are added up, and what has none is named', () => {
  const { limits, unlimited } = podDemand({
    containers: [container({ cpu: '1' }, { cpu: '2', memory: '5' }), container({}, { cpu: '1' })],
  });
  expect(limits).toEqual({ cpu: 3000, memory: 5 });
  expect(unlimited).toEqual(['memory']);
});

describe('the pool', () => {
  const gpu = container({ 'nvidia.com/gpu': 1 });

  test('of a pod without GPUs is that of the CPU nodes', () => {
    expect(podDemand({ containers: [container({ cpu: '1' })] }).pool).toEqual({
      name: 'cpu',
      gpuType: undefined,
    });
  });

  test('of a pod with GPUs is the one that it tolerates', () => {
    expect(podDemand({ ...inPool('big', 'h100'), containers: [gpu] }).pool).toEqual({
      name: 'big',
      gpuType: 'h100',
    });
  });

  test('is named after the type of GPU where the pod names none', () => {
    expect(podDemand({ nodeSelector: { gpu_type: 'l40s' }, containers: [gpu] }).pool.name).toBe('gpu-l40s');
    expect(podDemand({ containers: [gpu] }).pool).toEqual({ name: 'gpu-any', gpuType: 'any' });
  });

  test('is known by the selector too: a pod may look at a GPU that another container holds', () => {
    expect(podDemand({ ...inPool('p', 'a10g'), containers: [container({ cpu: '1' })] }).pool.name).toBe('p');
  });
});

test('a preference for much memory is noted', () => {
  const preference = (key: string): JsonObject => ({
    affinity: {
      nodeAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: 1, preference: { matchExpressions: [{ key, operator: 'In', values: ['high'] }] } },
        ],
      },
    },
  });
  expect(podDemand({ ...preference('memory'), containers: [] }).prefersHighMemory).toBe(true);
  expect(podDemand({ ...preference('disk'), containers: [] }).prefersHighMemory).toBe(false);
});
