import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stateFile } from '../../scripts/terraform/copy.cjs';
import { readOutputs } from '../../lib/terraform';
import { ENVIRONMENTS } from '../../lib/umbrella/environments';
import { printed, type PrintedOutput } from '../unit/terraform/sample';
import { judgedRoots, plansFolder } from './support/terraform';

/** A name, or the ARN, that the stand-in made up for what AWS decides: it ends in twelve digits, and not those of the account. */
const MADE_UP = /[-/](?!123456789012$)[0-9a-f]{12}$/;

/** The outputs that a root was applied to, as `terraform output -json` prints them: a state has them in the same form. */
function outputsOf(environment: string): Record<string, PrintedOutput> {
  const file = join(plansFolder(), stateFile(`environments/${environment}/cloud`));
  const { outputs } = JSON.parse(readFileSync(file, 'utf8')) as { outputs: Record<string, PrintedOutput> };
  return outputs;
}

const applied = ENVIRONMENTS.filter((name) => judgedRoots().includes(`environments/${name}/cloud`));

test('there is an applied cloud', () => {
  expect(applied.length).toBeGreaterThan(0);
});

describe.each(applied)('the applied cloud of %s', (environment) => {
  const given = outputsOf(environment);
  const examples = printed(environment);
  const madeUp = Object.entries(given).flatMap(([name, { value }]) =>
    typeof value === 'string' && MADE_UP.test(value) ? [name] : [],
  );

  test('gives all that the chart needs, each of its type', () => {
    const decided = Object.entries(examples).filter(([name]) => madeUp.includes(name));
    const outputs = { ...given, ...Object.fromEntries(decided) };
    expect(readOutputs(JSON.stringify(outputs), 'the state', environment).problems).toEqual([]);
  });

  test('leaves few of them to AWS', () => {
    expect(Object.keys(examples).filter((name) => madeUp.includes(name)).length).toBeLessThanOrEqual(5);
  });
});
