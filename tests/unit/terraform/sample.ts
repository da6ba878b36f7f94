import { outputs, ENVIRONMENT_OUTPUT } from '../../../lib/terraform';
import type { Json } from '../../../lib/engine';

/** An output as `terraform output -json` prints it. */
export interface PrintedOutput {
  readonly sensitive: boolean;
  readonly type: Json;
  readonly value: Json;
}

/** What an applied environment gives: the example of each output, or nothing where an environment may do without. */
export function printed(environment: string, how: 'full' | 'sparse' = 'full'): Record<string, PrintedOutput> {
  const rows = outputs.map(({ name, schema, empty }): [string, PrintedOutput] => {
    const example = exampleOf(schema);
    const value = how === 'sparse' && empty !== 'refused' ? nothing(example) : example;
    return [name, { sensitive: false, type: String(schema['type']), value }];
  });
  return {
    [ENVIRONMENT_OUTPUT]: { sensitive: false, type: 'string', value: environment },
    cluster_name: { sensitive: false, type: 'string', value: 'medkg' },
    ...Object.fromEntries(rows),
  };
}

function exampleOf(schema: (typeof outputs)[number]['schema']): Json {
  switch (schema['type']) {
    case 'array':
      return ['10.20.0.0/24', '10.20.1.0/24'];
    case 'object':
      return { ingest: 'arn:aws:iam::123456789012:role/medkg-prod-ingest' };
    default: {
      const [example] = schema['examples'] as readonly string[];
      if (example === undefined) throw new Error('an output of text has an example');
      return example;
    }
  }
}

function nothing(example: Json): Json {
  if (typeof example === 'string') return '';
  return Array.isArray(example) ? [] : {};
}
