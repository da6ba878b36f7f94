import { texts, walk, type Json, type Plan, type Resource } from './plan';

/** One statement of a policy of IAM, wherever the policy stands. */
export interface Statement {
  readonly resource: Resource;
  readonly sid: string;
  readonly allows: boolean;
  readonly actions: readonly string[];
  readonly targets: readonly string[];
  readonly principals: readonly string[];
  readonly conditions: { readonly [key: string]: Json };
  readonly inverted: boolean;
}

/** The statements of all policies of a plan. */
export function statements(plan: Plan): readonly Statement[] {
  return plan.resources.flatMap((resource) =>
    [...walk(resource.values)].flatMap(([, value]) =>
      policyIn(value).map((found) => statement(resource, found)),
    ),
  );
}

function policyIn(value: Json): readonly Readonly<Record<string, Json>>[] {
  if (typeof value !== 'string' || !value.includes('"Statement"')) return [];
  // The grammar of policies: a statement, or a list of them.
  const { Statement: found } = JSON.parse(value) as {
    Statement: Record<string, Json> | Record<string, Json>[];
  };
  return Array.isArray(found) ? found : [found];
}

function statement(resource: Resource, found: Readonly<Record<string, Json>>): Statement {
  const { Sid, Effect, Action, NotAction, Resource: targets, NotResource, Principal, Condition } = found;
  return {
    resource,
    sid: texts(Sid)[0] ?? '',
    allows: Effect === 'Allow',
    actions: texts(Action ?? NotAction),
    targets: texts(targets ?? NotResource),
    principals: texts(Principal),
    conditions: isObject(Condition) ? Condition : {},
    inverted: NotAction !== undefined || NotResource !== undefined,
  };
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
