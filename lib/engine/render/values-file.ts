import type { TSchema } from '@sinclair/typebox';
import { isJsonObject, resolved, type Json } from '../template';
import type { Catalogue, ValuesFile } from '../values/catalogue';
import { membersOf } from '../values/schema-at';
import { toYaml } from './yaml';

/** `values.yaml`: every default in the order of the schema, with a comment on every value. */
export function documentedValues({ chart, schema, defaults }: Catalogue, file: ValuesFile = {}): string {
  const head = `# Values of the chart ${chart}.${file.more === undefined ? '' : ` ${file.more}`}
#
# values.schema.json refuses keys that are not known, and README.md lists every value, those without a default too.
# Where several parts have a value in common, it is described at the first one that has it.
`;
  return [head, ...new ValuesPrinter(file).groups(defaults, schema)].join('\n');
}

class ValuesPrinter {
  /** What was described already: shapes that are shared are the same object of the schema. */
  private readonly described = new Set<TSchema>();

  constructor(private readonly file: ValuesFile) {}

  groups(values: Json, schema: TSchema): string[] {
    return entries(values, schema).map(
      ({ key, value, schema }) => `${this.member(key, value, schema, '').join('\n')}\n`,
    );
  }

  private member(key: string, value: Json, schema: TSchema | undefined, indent: string): string[] {
    const shape = schema === undefined ? undefined : resolved(schema);
    const comment = this.comment(key, schema, shape?.description, indent);
    const inner = entries(value, shape);
    if (inner.length === 0) return [...comment, ...indented(toYaml({ [key]: value }), indent)];
    const lines = inner.map((entry) => this.member(entry.key, entry.value, entry.schema, `${indent}  `));
    const isSpaced = indent === '' && this.file.spaced?.includes(key) === true;
    return [
      ...comment,
      `${indent}${key}:`,
      ...lines.flatMap((one, i) => (isSpaced && i > 0 ? ['', ...one] : one)),
    ];
  }

  private comment(
    key: string,
    schema: TSchema | undefined,
    description: string | undefined,
    indent: string,
  ): string[] {
    if (schema === undefined || description === undefined || description === '' || this.described.has(schema))
      return [];
    this.described.add(schema);
    const note = indent === '' ? this.file.notes?.[key] : undefined;
    return [`${indent}# -- ${description}`, ...(note === undefined ? [] : [`${indent}# ${note}`])];
  }
}

interface Entry {
  readonly key: string;
  readonly value: Json;
  readonly schema: TSchema | undefined;
}

/** The members of a map that the schema knows by name, in its order; none of a map with free keys. */
function entries(value: Json, schema: TSchema | undefined): Entry[] {
  if (schema === undefined || !isJsonObject(value)) return [];
  const members = membersOf(schema);
  return Object.keys(members).flatMap((key) => {
    const member = value[key];
    return member === undefined ? [] : [{ key, value: member, schema: members[key] }];
  });
}

function indented(text: string, indent: string): string[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `${indent}${line}`);
}
