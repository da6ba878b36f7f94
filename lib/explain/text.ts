import type { Json } from '../engine';
import { shown } from '../engine/renderers';
import type { ObjectExplanation, UsedValue } from './object';
import type { Effect, ValueExplanation } from './value';

/** Marks headings; a terminal shows them in bold. */
export type Paint = (style: 'bold' | 'dim', text: string) => string;

/** How many fields of one object are listed before the rest is counted. */
const LISTED_FIELDS = 8;

/** An explanation of a value, for people. */
export function valueText(explanation: ValueExplanation, paint: Paint): string[] {
  const { path, description, expected, environments, members, rules, effects } = explanation;
  const [deciding, setting] = [
    effects.filter(({ decides }) => decides),
    effects.filter(({ fields }) => fields.length > 0),
  ];
  return [
    paint('bold', path),
    ...(description === '' ? [] : [`  ${description}`]),
    '',
    `  type     ${expected}`,
    `  default  ${short(explanation.default)}`,
    ...Object.entries(environments).map(([name, value]) => `  ${name.padEnd(8)} ${short(value)}`),
    ...section(
      'Members',
      members.map(
        (member) =>
          `${member.key.padEnd(width(members.map(({ key }) => key)))}  ${member.description === '' ? member.expected : member.description}`,
      ),
      paint,
    ),
    ...section('Has to hold', rules, paint),
    ...section(
      'Decides whether these objects are there',
      deciding.map(({ kind, template }) => `${kind} ${template}`),
      paint,
    ),
    ...section(
      'Sets, or is looked at for, these fields',
      setting.flatMap((effect) => fieldLines(effect, members.length > 0)),
      paint,
    ),
    ...(effects.length === 0 ? ['', '  No object looks at it.'] : []),
  ];
}

/** Of a map, many fields depend on some member: the members tell which. */
function fieldLines({ kind, template, fields }: Effect, isMap: boolean): string[] {
  if (isMap) return [`${kind} ${template}: ${fields.length} ${fields.length === 1 ? 'field' : 'fields'}`];
  const rest = fields.length - LISTED_FIELDS;
  return [
    `${kind} ${template}`,
    ...fields.slice(0, LISTED_FIELDS).map((field) => `  ${field}`),
    ...(rest > 0 ? [`  and ${rest} more`] : []),
  ];
}

/** An explanation of an object, for people. */
export function objectText(explanation: ObjectExplanation, environment: string, paint: Paint): string[] {
  const { kind, name, there, source, template, condition, deciding, setting } = explanation;
  return [
    paint('bold', `${kind}/${name}`),
    `  ${there ? 'is there' : 'is not there'} in ${environment}`,
    '',
    `  written in  ${source}`,
    `  template    ${template}`,
    ...(condition === undefined && deciding.length === 0 ? ['', '  It is always there.'] : []),
    ...section(
      'Values that decide whether it is there',
      [...(condition === undefined ? [] : [`if ${condition}`]), ...usedLines(deciding, paint)],
      paint,
    ),
    ...section(
      'Values that set its fields',
      alike(setting).flatMap((group) => settingLines(group, paint)),
      paint,
    ),
  ];
}

type SettingValue = ObjectExplanation['setting'][number];

/** Values that set the same fields, together. */
function alike(setting: readonly SettingValue[]): SettingValue[][] {
  const groups = new Map<string, SettingValue[]>();
  for (const used of setting)
    groups.set(used.fields.join(), [...(groups.get(used.fields.join()) ?? []), used]);
  return [...groups.values()];
}

/** How many values of one group are listed; a checksum is made of a hundred. */
const LISTED_VALUES = 12;

function settingLines(group: readonly SettingValue[], paint: Paint): string[] {
  const given = group.filter(({ location }) => location !== undefined);
  const listed = group.length <= LISTED_VALUES ? group : given;
  const rest = group.length - listed.length;
  const groups = [...new Set(group.map(({ path }) => path.split('.')[0]))].join(', ');
  const { fields = [] } = group[0] ?? {};
  return [
    ...usedLines(listed, paint),
    ...(rest > 0 ? [`${rest} values with their defaults, below ${groups}`] : []),
    ...fields.slice(0, LISTED_FIELDS).map((field) => `    ${field}`),
    ...(fields.length > LISTED_FIELDS ? [`    and ${fields.length - LISTED_FIELDS} more`] : []),
  ];
}

function usedLines(used: readonly UsedValue[], paint: Paint): string[] {
  return used.map(
    ({ path, value, location }) =>
      `${path} = ${short(value)}  ${paint('dim', location === undefined ? '(default)' : `(${location.file}:${location.line}:${location.column})`)}`,
  );
}

function section(title: string, lines: readonly string[], paint: Paint): string[] {
  return lines.length === 0 ? [] : ['', paint('bold', title), ...lines.map((line) => `  ${line}`)];
}

function width(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => text.length));
}

function short(value: Json | undefined): string {
  if (value === undefined) return 'none';
  const text = JSON.stringify(value);
  return text.length <= 70 ? text : shown(value).replace(/^the text /, '');
}
