/** The component of what the flows need. */
export const FLOWS = 'flows';

/** The component of the pods of steps: the Service and the budget of their service must not select them. */
export function stepComponent(service: string): string {
  return `${service}-step`;
}
