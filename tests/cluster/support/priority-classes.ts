import { kubectl } from './kubectl';

/** The objects of no namespace that the chart makes, of all releases. */
export async function priorityClasses(): Promise<string[]> {
  const selector = '--selector=app.kubernetes.io/name=medical-kg';
  const { stdout } = await kubectl(['get', 'priorityclass', selector, '--output=name']);
  return stdout.split('\n').filter((line) => line !== '');
}
