import type { Description } from '../chart/description';
import { pathOf, type Rule, type RulesOfEach } from '../chart/rule';
import {
  evaluateLines,
  expressionOf,
  printLocals,
  printScope,
  printWholeText,
  templateName,
  type EvaluationScope,
  type PrintScope,
} from '../template';

/** What `helm install` shows at its end, as a template. */
export function printNotes({ facts, notes }: Description): string {
  return printWholeText(notes, printScope(facts.name));
}

/** What `helm install` shows at its end. */
export function renderNotes({ notes }: Description, scope: EvaluationScope): string {
  return `${evaluateLines(notes, scope).join('\n')}\n`;
}

/** One named template that collects all broken rules and fails once, so that an operator sees them together. */
export function printRules({ facts: { name: chart }, rules }: Description): string {
  const lines = [
    '{{/*',
    'Relations between values that the schema cannot express. All that are broken are told at once.',
    '*/}}',
    `{{- define ${templateName(chart, CHECK)} -}}`,
    '{{- $problems := list }}',
    ...rules.flatMap((rule) =>
      'rules' in rule ? printOfEach(rule, chart) : printRule(rule, printScope(chart), printf),
    ),
    '{{- if $problems }}',
    '{{- fail (printf "the values contradict each other:\\n- %s" (join "\\n- " $problems)) }}',
    '{{- end }}',
    '{{- end }}',
  ];
  return `${lines.join('\n')}\n`;
}

const CHECK = 'checkValues';

/** The template that runs the check; it renders to nothing. */
export function printCheck({ facts }: Description): string {
  return `{{- include ${templateName(facts.name, CHECK)} . }}\n`;
}

type Told = (sentence: string, ...names: readonly string[]) => string;

function printOfEach(each: RulesOfEach, chart: string): string[] {
  const [key, entry] = each.variables;
  const collection = expressionOf(each.collection);
  const verb = collection.type === 'list' ? '[%d]' : '.%s';
  const told: Told = (sentence, ...names) => printf(`${pathOf(each)}${verb}.${sentence}`, key, ...names);
  return [
    `{{- range ${key}, ${entry} := ${collection.print(printScope(chart))} }}`,
    ...each.rules.flatMap((rule) => printRule(rule, printScope(chart, '$'), told)),
    '{{- end }}',
  ];
}

function printRule({ path, broken, sentence, names }: Rule, scope: PrintScope, told: Told): string[] {
  const condition = expressionOf(broken).print(scope);
  const whole = `${path} ${sentence}`;
  const problem =
    names === undefined ? told(whole) : told(`${whole}: %s`, expressionOf(names).operand(scope));
  return [
    ...printLocals(scope.locals, scope),
    `{{- if ${condition} }}`,
    `{{- $problems = append $problems ${problem} }}`,
    '{{- end }}',
  ];
}

function printf(format: string, ...operands: readonly string[]): string {
  const quoted = JSON.stringify(format);
  return operands.length === 0 ? quoted : `(printf ${[quoted, ...operands].join(' ')})`;
}
