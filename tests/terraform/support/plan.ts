import { readFileSync } from 'node:fs';

/** What `terraform show -json` says of a plan, as far as we read it. */

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

interface ResourceChange {
  readonly address: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly after: { readonly [key: string]: Json } | null;
    readonly after_sensitive?: Json;
  };
}

/** A resource as it will be. Values that only AWS knows are absent. */
export interface Resource {
  readonly address: string;
  readonly type: string;
  readonly values: { readonly [key: string]: Json };
  /** The shape of the values, with true where one is a secret. */
  readonly secret: Json;
}

export class Plan {
  readonly resources: readonly Resource[];

  constructor(private readonly changes: readonly ResourceChange[]) {
    this.resources = changes.flatMap(
      ({ address, mode, type, change: { after, after_sensitive: secret = {} } }) =>
        mode === 'managed' && after !== null ? [{ address, type, values: after, secret }] : [],
    );
  }

  static read(file: string): Plan {
    return Plan.parse(readFileSync(file, 'utf8'));
  }

  static parse(text: string): Plan {
    // Terraform's own format, versioned; what we read of it is in ResourceChange.
    const { resource_changes: changes } = JSON.parse(text) as { resource_changes?: ResourceChange[] };
    return new Plan(changes ?? []);
  }

  of(...types: readonly string[]): readonly Resource[] {
    return this.resources.filter(({ type }) => types.includes(type));
  }

  /** Addresses that the plan does this to. */
  addressesTo(action: 'create' | 'update' | 'delete'): readonly string[] {
    return this.changes.filter(({ change }) => change.actions.includes(action)).map(({ address }) => address);
  }
}

/** The value at a path such as `ebs.0.encrypted`; undefined where there is none, or none that is known yet. */
export function at(value: Json, path: string): Json | undefined {
  let found: Json | undefined = value;
  for (const key of path.split('.')) {
    if (typeof found !== 'object' || found === null) return undefined;
    // An index of a list is a key like any other.
    found = (found as Readonly<Record<string, Json>>)[key];
  }
  return found ?? undefined;
}

/** The items of a list, which is what blocks are. */
export function items(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

/** Every value in a value, with its path. */
export function* walk(value: Json, path = ''): Generator<readonly [path: string, value: Json]> {
  yield [path, value];
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) yield* walk(inner, path === '' ? key : `${path}.${key}`);
}

/** A text, a list of them, or the lists of a principal by kind. */
export function texts(value: Json | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((inner: Json) => texts(inner));
}
