/**
 * The door for those who write charts: symbolic values, what is made of them, the constructs that hold it, and the shapes
 * of values. Whoever renders, reads or proves takes `./renderers`.
 */
export {
  and,
  atLeast,
  atMost,
  choose,
  differs,
  equals,
  greaterThan,
  lessThan,
  nonEmpty,
  not,
  or,
} from './template/expressions/logic';
export { given, orElse, override, present } from './template/expressions/optional';
export { contains, joined, text } from './template/expressions/text';
export { greatest, least, minus, plus, times } from './template/expressions/integers';
export { lengthOf } from './template/expressions/length';
export { matches } from './template/expressions/pattern';
export {
  base64Of,
  lower,
  replaced,
  sha256Of,
  trimmed,
  truncated,
  upper,
  withoutPrefix,
  withoutSuffix,
} from './template/expressions/strings';
export { join, jsonOf, someItemMatches, someKeyMatches } from './template/expressions/lists';
export { hasRow, lookupIn } from './template/expressions/table';
export { literal } from './template/expressions/literal';
export { local } from './template/expressions/local';
export { sum } from './template/expressions/sum';
export { eachEntry, eachOf, spread, spreadMap, theirsOr, when, When } from './template/structure';
export { spreadEach } from './template/entries';
export {
  templated,
  type Item,
  type MapOf,
  type Templated,
  type TemplatedProps,
  type TextMap,
} from './template/templated';
export { parameters, type Arguments } from './template/parameters';
export { include, type Helper } from './template/helper';
export { body } from './template/helper-body';
export { TextFile, type TextNode } from './template/text-style';
export { chartValues, variable, type References } from './template/references';
export { isJsonObject, toRawJson, type Json, type JsonObject } from './template/json';
export { either, type Line } from './template/lines';
export type { Alias, ChartFacts, Condition, EvaluationScope, Value } from './template/value';
export { addObject } from './chart/add-object';
export { DescribedConstruct, TemplateFolder, type DescribedOptions } from './chart/described-construct';
export { defineChart, describeChart, type ChartContent, type ChartOf, type ChartRecord } from './chart/chart';
export type { Description } from './chart/description';
export {
  slice,
  type DescriptionOf,
  type SliceDefaults,
  type SliceGroup,
  type Subchart,
} from './chart/subchart';
export { jsonFile } from './chart/json-file';
export { metadataOf, type CommonMetadata } from './chart/metadata';
export { NamedTemplate, type TemplateUse } from './chart/named-template';
export { objectsOfEach, objectsOfEachEntry } from './chart/object-loop';
export { describeObjects } from './chart/objects';
export { release } from './chart/release';
export { rulesOfEach, type Rule, type RulesOfEach } from './chart/rule';
export type { Catalogue } from './values/catalogue';
export type { Moved } from './values/moved';
export * from './values/group';
export * from './values/shapes';
