import { walk, type Json, type Resource } from '../support/plan';
import { PROD, type Rule } from './rule';

/** What a provider takes for a secret, or a variable does, and stands in the plan: it will stand in the state as well. */
function told({ values, secret }: Resource): readonly string[] {
  const places = [...walk(secret)].filter(([, marked]) => marked === true).map(([path]) => path);
  return places.filter((path) => path === '' || !isNothing(valueAt(values, path)));
}

/** Marks have the shape of the values. */
function valueAt(values: Json, path: string): Json {
  return [...walk(values)].find(([own]) => own === path)?.[1] ?? null;
}

function isNothing(value: Json): boolean {
  return value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);
}

export const noSecrets: Rule = {
  name: 'no secret stands in a plan, nor in the state that it becomes',
  judges: (plan) =>
    plan.resources.filter(({ secret }) => [...walk(secret)].some(([, marked]) => marked === true)),
  problem: (resource) => {
    const found = told(resource);
    return found.length === 0 ? undefined : found.join(', ');
  },
  mutation: {
    root: PROD,
    file: 'modules/neo4j/main.tf',
    from: '  secret_string_wo         = ephemeral.random_password.admin.result\n  secret_string_wo_version = 1\n',
    to: '  secret_string = "known to whoever reads the state"\n',
    finds: 'module.neo4j.aws_secretsmanager_secret_version.admin',
  },
};
