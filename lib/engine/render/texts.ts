import { rules, rulesOfEachService, SERVICE_LOOP, type Description, type Rule } from '../../umbrella';
import {
  evaluateLines,
  expressionOf,
  HELPER_PREFIX,
  printLines,
  printLocals,
  type EvaluationScope,
  type Local,
  type PrintScope,
} from '../template';

/** What `helm install` shows at its end, as a template. */
export function printNotes({ notes }: Description): string {
  const scope = freshScope('.');
  const lines = printLines(notes, scope);
  return `${[...printLocals(scope.locals, scope), ...lines].join('\n')}\n`;
}

/** What `helm install` shows at its end. */
export function renderNotes({ notes }: Description, scope: EvaluationScope): string {
  return `${evaluateLines(notes, scope).join('\n')}\n`;
}

/** One named template that collects all broken rules and fails once, so that an operator sees them together. */
export function printRules(): string {
  const ofServices = [
    `{{- range ${SERVICE_LOOP.key}, ${SERVICE_LOOP.entry} := .Values.services }}`,
    ...rulesOfEachService.flatMap((rule) =>
      printRule(rule, freshScope('$'), (sentence, ...names) =>
        printf(`services.%s.${sentence}`, SERVICE_LOOP.key, ...names),
      ),
    ),
    '{{- end }}',
  ];
  const lines = [
    '{{/*',
    'Relations between values that the schema cannot express. All that are broken are told at once.',
    '*/}}',
    `{{- define "${HELPER_PREFIX}.checkValues" -}}`,
    '{{- $problems := list }}',
    ...rules.flatMap((rule) => printRule(rule, freshScope('.'), printf)),
    ...ofServices,
    '{{- if $problems }}',
    '{{- fail (printf "the values contradict each other:\\n- %s" (join "\\n- " $problems)) }}',
    '{{- end }}',
    '{{- end }}',
  ];
  return `${lines.join('\n')}\n`;
}

/** The template that runs the check; it renders to nothing. */
export const CHECK_VALUES = `{{- include "${HELPER_PREFIX}.checkValues" . }}\n`;

function printRule(
  { path, broken, sentence, names }: Rule,
  scope: PrintScope,
  told: (sentence: string, ...names: readonly string[]) => string,
): string[] {
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

function freshScope(root: PrintScope['root']): PrintScope {
  return { root, aliases: new Map(), locals: new Set<Local>() };
}
