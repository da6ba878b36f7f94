import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { valuesKey } from '../platform/model';
import { allServices, type Service } from '../platform/services';
import { and, symbolicApp, type Condition, type Line, type Node } from '../engine/template';
import { ConfigurationChart } from '../charts/configuration-chart';
import { FlowsChart } from '../charts/flows';
import { fromFlows } from '../charts/flows/network';
import type { NamedTemplate } from '../engine/chart/named-template';
import { coreNotes } from '../charts/notes';
import { Part } from '../engine/chart/construct';
import { platformCharts } from '../charts/platform-chart';
import { ServiceChart } from '../charts/service-chart';
import { PartChart } from '../parts/part';
import { ends, everyPart } from './parts';

/** One object of the platform, with what is symbolic still in it. */
export interface DescribedObject {
  /** The folder of its template: a service, or a part of the platform. */
  readonly folder: string;
  /** The name of its template, without the ending. */
  readonly file: string;
  /** Where it is written. */
  readonly source: string;
  /** When it is there, from the outside in; `and` of them all is `condition`. */
  readonly condition: Condition | undefined;
  /** The service it belongs to, as the key of its values. */
  readonly service: string | undefined;
  /** Parts of it that are printed as named templates. */
  readonly named: readonly NamedTemplate[];
  readonly tree: Node;
}

/** The one description of the platform: both renderers take it, and neither knows more. */
export interface Description {
  readonly objects: readonly DescribedObject[];
  /** What an install tells at its end. */
  readonly notes: readonly Line[];
}

/** Synthesises the charts once, in the order of the services. */
export function describePlatform(records: readonly Service[] = allServices()): Description {
  const { app, symbolicValues } = symbolicApp();
  for (const record of records) new ServiceChart(app, record, ends, fromFlows);
  new ConfigurationChart(app);
  platformCharts(app);
  new FlowsChart(app, ends);
  for (const part of everyPart) new PartChart(app, part);
  const objects = app.charts.flatMap((chart) =>
    chart.node
      .findAll()
      .filter((construct) => ApiObject.isApiObject(construct))
      .flatMap((object) => describeObject(object, chart, symbolicValues.capture(object))),
  );
  return { objects, notes: [...coreNotes(ends), ...partNotes()] };
}

/** What the parts tell. */
function partNotes(): Line[] {
  return everyPart.flatMap((part) => part.notes?.(part.own) ?? []);
}

/** The object, or nothing where another one holds it. */
function describeObject(object: ApiObject, chart: Chart, tree: Node): DescribedObject[] {
  const part = object.node.scopes.findLast((scope) => scope instanceof Part);
  if (part === undefined) throw new Error(`${object.node.path} belongs to no part`);
  if (part.embedded === undefined) return [describeOwn(object, chart, tree, part)];
  part.embedded.template.takeFrom(tree, part.embedded.path);
  return [];
}

function describeOwn(object: ApiObject, chart: Chart, tree: Node, part: Part): DescribedObject {
  const named = part.named?.file === object.node.id ? part.named.templates : [];
  return {
    folder: chart.node.id,
    file: object.node.id,
    source: part.source,
    condition: allOf(object.node.scopes),
    service: isServiceChart(chart) ? valuesKey(chart.node.id) : undefined,
    named: [...named, ...part.texts],
    tree: named.reduce((rest, template) => template.extractFrom(rest), tree),
  };
}

function allOf(scopes: readonly IConstruct[]): Condition | undefined {
  const conditions = scopes.flatMap((scope) =>
    isConditional(scope) && scope.when !== undefined ? [scope.when] : [],
  );
  return conditions.length === 0 ? undefined : and(...conditions);
}

function isConditional(scope: IConstruct): scope is Part | ServiceChart {
  return scope instanceof Part || (Chart.isChart(scope) && isServiceChart(scope));
}

/** cdk8s takes every chart for an instance of every chart class, so that `instanceof` says nothing here. */
function isServiceChart(chart: Chart): chart is ServiceChart {
  return chart.constructor === ServiceChart;
}
