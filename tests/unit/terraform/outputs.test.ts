import type { Environment } from '../../../lib/platform/environments';
import { outputs, readOutputs, valuesFrom } from '../../../lib/terraform';
import { defaultValues, Values } from '../../../lib/umbrella';
import type { Json } from '../../../lib/engine';
import { schemaAt } from '../../../lib/engine/renderers';
import { render } from '../../support/platform';
import { printed } from './sample';

const valuesOf = (environment: Environment, how: 'full' | 'sparse'): ReturnType<typeof valuesFrom> => {
  const { given, problems } = readOutputs(
    JSON.stringify(printed(environment, how)),
    'outputs.json',
    environment,
  );
  expect(problems).toEqual([]);
  return valuesFrom(given);
};

test('outputs have a name of their own, and become values of the chart that no other sets', () => {
  const names = outputs.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/);
  const paths = outputs.flatMap(({ values }) => Object.keys(values));
  for (const path of paths)
    expect([path, schemaAt(Values, path.split('.')) !== undefined]).toEqual([path, true]);
  // Annotations merge; their keys are apart.
  const single = paths.filter((path) => path !== 'ingress.annotations');
  expect(new Set(single).size).toBe(single.length);
});

test('outputs are described, and show what they look like', () => {
  for (const { name, schema } of outputs) {
    expect([name, schema.description]).toEqual([name, expect.stringMatching(/^[A-Z].{8,}/) as string]);
    expect([name, schema['type']]).toEqual([
      name,
      expect.stringMatching(/^(string|array|object)$/) as string,
    ]);
  }
});

test('an empty text is a value only where the chart takes one', () => {
  for (const { empty, values } of outputs.filter((row) => row.empty === 'written'))
    for (const path of Object.keys(values))
      expect([empty, schemaAt(Values, path.split('.'))?.['pattern']]).toEqual([
        empty,
        expect.stringMatching(/^\^(\$\||\[.*\]\*\$)/) as string,
      ]);
});

test('all outputs become values', () => {
  expect(valuesOf('prod', 'full')).toMatchObject({
    external: {
      opensearchUrl: 'https://vpc-medkg-prod-abc123.us-east-1.es.amazonaws.com',
      objectStoreUri: 's3://medkg-prod-artifacts',
    },
    ingress: {
      annotations: {
        'alb.ingress.kubernetes.io/security-groups': 'sg-0a1b2c3d4e5f60718',
        'alb.ingress.kubernetes.io/manage-backend-security-group-rules': 'true',
        'alb.ingress.kubernetes.io/load-balancer-attributes':
          'access_logs.s3.enabled=true,access_logs.s3.bucket=medkg-prod-load-balancer-logs',
      },
    },
    network: {
      peers: {
        neo4j: {
          blocks: [
            { cidr: '10.20.0.0/24', except: [] },
            { cidr: '10.20.1.0/24', except: [] },
          ],
        },
      },
    },
    services: {
      ingest: {
        serviceAccount: {
          annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/medkg-prod-ingest' },
        },
      },
    },
    global: { imageRegistry: '123456789012.dkr.ecr.us-east-1.amazonaws.com/mirror' },
  });
});

test('what AWS does not decide keeps its value, or is emptied where the example in it would do harm', () => {
  const { ingress, external, ...others } = valuesOf('prod', 'sparse') as Record<string, Record<string, Json>>;
  expect(ingress).toEqual({ alb: { certificateArn: '', wafAclArn: '' } });
  expect(external).toMatchObject({ kafkaBrokers: '' });
  expect(Object.keys(others).sort()).toEqual(['airflow', 'network']);
});

test('the objects have what Terraform gave', () => {
  const platform = render('prod', valuesOf('prod', 'full'));
  const annotations = platform.one('Ingress', 'api').metadata.annotations ?? {};
  expect(annotations['alb.ingress.kubernetes.io/wafv2-acl-arn']).toContain(':regional/webacl/medkg-prod/');
  expect(annotations['alb.ingress.kubernetes.io/security-groups']).toBe('sg-0a1b2c3d4e5f60718');
  expect(platform.one('ServiceAccount', 'ingest').metadata.annotations).toEqual({
    'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/medkg-prod-ingest',
  });
  expect(JSON.stringify(platform.one('NetworkPolicy', 'indexer'))).toContain('"cidr":"10.20.1.0/24"');
  expect(platform.main('api').image).toMatch(/^123456789012\.dkr\.ecr\.us-east-1\.amazonaws\.com\/mirror\//);
});

test('every value of the chart that is an example of AWS is decided by an output', () => {
  const paths = outputs.flatMap(({ values }) => Object.keys(values));
  const examples = leaves(defaultValues() as unknown as Json).filter(([, value]) =>
    /^10\.0\.0\.0\/16$|^169\.254\.170\.23|^s3:|^arn:/.test(value),
  );
  expect(examples.length).toBeGreaterThan(5);
  expect(examples.filter(([path]) => !paths.some((own) => path.startsWith(own)))).toEqual([]);
});

function leaves(value: Json, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    leaves(member, path === '' ? key : `${path}.${key}`),
  );
}
