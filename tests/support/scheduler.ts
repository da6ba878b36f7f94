import type { NodeTerm, PodSpec, Requirement, Strings, Toleration } from './kubernetes';

/** A node, as far as the scheduler's filters look at it. */
export interface Node {
  readonly labels: Strings;
  readonly taints: readonly { readonly key: string; readonly value: string; readonly effect: string }[];
  readonly gpus: number;
}

/** Whether the scheduler's filters let a pod onto a node: selector, required affinity, taints, GPUs. */
export function fits(spec: PodSpec, node: Node): boolean {
  const terms =
    spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  return (
    Object.entries(spec.nodeSelector ?? {}).every(([key, value]) => node.labels[key] === value) &&
    (terms === undefined || terms.some((term) => termMatches(term, node.labels))) &&
    node.taints.every(
      (taint) =>
        taint.effect === 'PreferNoSchedule' ||
        (spec.tolerations ?? []).some((toleration) => tolerates(toleration, taint)),
    ) &&
    gpusOf(spec) <= node.gpus
  );
}

/** A term without expressions matches nothing. */
function termMatches({ matchExpressions = [] }: NodeTerm, labels: Strings): boolean {
  return (
    matchExpressions.length > 0 &&
    matchExpressions.every((requirement) => requirementHolds(requirement, labels))
  );
}

export function requirementHolds({ key, operator, values = [] }: Requirement, labels: Strings): boolean {
  const value = labels[key];
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      throw new Error(`the scheduler of the tests does not know ${operator}`);
  }
}

function tolerates(
  { key, operator = 'Equal', value = '', effect }: Toleration,
  taint: Node['taints'][number],
): boolean {
  if (effect !== undefined && effect !== '' && effect !== taint.effect) return false;
  if (key === undefined || key === '') return operator === 'Exists';
  return key === taint.key && (operator === 'Exists' || value === taint.value);
}

function gpusOf({ containers }: PodSpec): number {
  return containers.reduce(
    (sum, { resources }) => sum + Number(resources?.limits?.['nvidia.com/gpu'] ?? 0),
    0,
  );
}
