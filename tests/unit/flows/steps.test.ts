import { steps } from '../../../lib/platform/flows/steps';
import { mainOf, renderFlows, rendered, withFlows as platform } from '../../support/platform';
import { restrictedViolations } from '../../support/restricted';

const files = steps.flatMap(({ name, spot }) => (spot ? [name, `${name}.spot`] : [name]));

test('every step has a template, and nothing else is there but the settings', () => {
  expect([...platform.flowFiles().keys()].sort()).toEqual(
    ['flows.json', ...files.map((file) => `${file}.json`)].sort(),
  );
  // They are switched on when there is a file system that many nodes share.
  for (const { flowFiles } of Object.values(rendered).map((each) => ({ flowFiles: each.flowFiles() })))
    expect(flowFiles.size).toBe(0);
});

describe.each(steps.map((step) => ({ step, name: step.name })))('the pod of $name', ({ step }) => {
  const pod = platform.step(step.name);
  const container = mainOf(pod);
  const server = platform.pod(step.service);

  test('is one container that runs the command of the step to its end', () => {
    expect(pod.spec.containers.map(({ name }) => name)).toEqual(['base']);
    expect(container.command).toEqual(step.command);
    expect(container).not.toHaveProperty('args');
    expect(pod.spec).toMatchObject({
      restartPolicy: 'Never',
      activeDeadlineSeconds: step.deadlineSeconds,
      automountServiceAccountToken: false,
    });
    for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe', 'lifecycle', 'ports'])
      expect(container).not.toHaveProperty(probe);
  });

  test('meets the restricted standard', () => {
    expect(restrictedViolations(pod.spec)).toEqual([]);
  });

  test('is what its service is', () => {
    const main = mainOf(server);
    expect(pod.spec.serviceAccountName).toBe(server.spec.serviceAccountName);
    expect(pod.spec.nodeSelector).toEqual(server.spec.nodeSelector);
    expect(pod.spec.tolerations).toEqual(server.spec.tolerations);
    expect(pod.spec.securityContext).toEqual(server.spec.securityContext);
    expect(container.image).toBe(main.image);
    expect(container.env).toEqual(main.env);
    if (step.resources === undefined) expect(container.resources).toEqual(main.resources);
  });

  test('is selected by nothing of its service', () => {
    const labels = pod.metadata.labels ?? {};
    const selectors = [
      platform.one('Service', step.service).spec.selector,
      platform.one('Deployment', step.service).spec.selector.matchLabels,
    ];
    for (const selector of selectors)
      expect(Object.entries(selector ?? { nothing: '' }).every(([key, value]) => labels[key] === value)).toBe(
        false,
      );
  });

  test('has each variable, volume and mount once', () => {
    for (const names of [
      (container.env ?? []).map(({ name }) => name),
      (pod.spec.volumes ?? []).map(({ name }) => name),
      (container.volumeMounts ?? []).map(({ mountPath }) => mountPath),
    ])
      expect(new Set(names).size).toBe(names.length);
  });

  test('shares ledger and artifacts, unless it only looks for a GPU', () => {
    const claims = (pod.spec.volumes ?? []).flatMap(({ persistentVolumeClaim: claim }) =>
      claim === undefined ? [] : [claim.claimName],
    );
    expect(claims).toEqual(step.withoutStorage ? [] : ['medkg-flows']);
    expect(
      (container.volumeMounts ?? [])
        .filter(({ name }) => name === 'storage')
        .map(({ mountPath }) => mountPath),
    ).toEqual(step.withoutStorage ? [] : ['/var/lib/medkg']);
  });
});

test('a guard asks for one GPU, whatever its server has', () => {
  const two = renderFlows({ services: { mineru: { gpu: { count: 2 } } } });
  for (const list of ['requests', 'limits'] as const) {
    expect(mainOf(two.step('guard_gpu_mineru')).resources?.[list]?.['nvidia.com/gpu']).toBe(1);
    expect(mainOf(two.step('mineru_run')).resources?.[list]?.['nvidia.com/gpu']).toBe(2);
  }
});

test('steps that may run on spot nodes bear their taint, and are the same otherwise', () => {
  const usual = platform.step('embed_splade');
  const spot = platform.step('embed_splade.spot');
  const taint = { key: 'spot', operator: 'Equal', value: 'true', effect: 'NoSchedule' };
  expect(spot.spec.tolerations).toEqual([...(usual.spec.tolerations ?? []), taint]);
  expect({ ...spot.spec, tolerations: [] }).toEqual({ ...usual.spec, tolerations: [] });
});

test('a claim that exists takes the place of ours', () => {
  const theirs = renderFlows({ airflow: { storage: { existingClaim: 'shared' } } });
  expect(theirs.all('PersistentVolumeClaim').map(({ metadata }) => metadata.name)).toEqual([
    'medkg-qwen-embed-vllm-model',
  ]);
  const [claim] = (theirs.step('ingest').spec.volumes ?? []).flatMap((volume) =>
    volume.persistentVolumeClaim === undefined ? [] : [volume.persistentVolumeClaim.claimName],
  );
  expect(claim).toBe('shared');
});

test('the agent of Vault ends with the step, and stays beside the server', () => {
  const agent = renderFlows({ secrets: { backend: 'vaultAgent' } });
  const key = 'vault.hashicorp.com/agent-pre-populate-only';
  expect(agent.step('index').metadata.annotations?.[key]).toBe('true');
  expect(agent.pod('indexer').metadata.annotations?.[key]).toBe('false');
});
