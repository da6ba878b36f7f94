import { ApiObject, type App } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { and, symbolicApp, type Alias, type Condition, type Each, type Node } from '../template';
import { DescribedConstruct, isConditional, isTemplateFolder } from './described-construct';
import type { NamedTemplate } from './named-template';
import { ObjectLoop } from './object-loop';

/** One object of a chart, with what is symbolic still in it. */
export interface DescribedObject {
  /** The folder of its template. */
  readonly folder: string;
  /** The name of its template, without the ending. */
  readonly file: string;
  /** Where it is written, if its construct says it. */
  readonly source: string | undefined;
  /** When it is there: before any loop is asked. */
  readonly condition: Condition | undefined;
  /** Loops that make one such object for each entry, from the outside in, with what is asked in each round. */
  readonly loops: readonly { readonly each: Each<unknown>; readonly condition: Condition | undefined }[];
  /** The values that it mostly looks at, by a short name. */
  readonly alias: Alias | undefined;
  /** Parts of it that are printed as named templates. */
  readonly named: readonly NamedTemplate[];
  readonly tree: Node;
}

/** Synthesises the objects that are made in an app, in the order in which they are made. */
export function describeObjects(make: (app: App) => void): DescribedObject[] {
  const { app, symbolicValues } = symbolicApp();
  make(app);
  const templates = new Map<string, string>();
  return app.charts.flatMap((chart) =>
    chart.node
      .findAll()
      .filter((construct) => ApiObject.isApiObject(construct))
      .flatMap((object) =>
        describeObject(object, chart, symbolicValues.capture(object, conditionOf(object.node.scopes))).map(
          (described) => refuseSecond(templates, described, object.node.path),
        ),
      ),
  );
}

/** A chart would have the last one alone. L2 classes call all of their objects `Resource`. */
function refuseSecond(
  templates: Map<string, string>,
  described: DescribedObject,
  path: string,
): DescribedObject {
  const template = `${described.folder}/${described.file}`;
  const first = templates.get(template);
  if (first !== undefined)
    throw new Error(
      `${first} and ${path} would both be the template ${template}.yaml: call one of them otherwise, or give it a folder of its own`,
    );
  templates.set(template, path);
  return described;
}

/** The object, or nothing where another one holds it. */
function describeObject(object: ApiObject, folder: IConstruct, tree: Node): DescribedObject[] {
  const construct = object.node.scopes.findLast((scope) => scope instanceof DescribedConstruct);
  if (construct?.embedded === undefined) return [describeOwn(object, folder, tree, construct)];
  construct.embedded.template.takeFrom(tree, construct.embedded.path);
  return [];
}

function describeOwn(
  object: ApiObject,
  folder: IConstruct,
  tree: Node,
  construct: DescribedConstruct | undefined,
): DescribedObject {
  const named = construct?.named?.file === object.node.id ? construct.named.templates : [];
  return {
    folder: folder.node.id,
    file: object.node.id,
    source: construct?.source,
    ...guardsOf(object.node.scopes),
    alias: isTemplateFolder(folder) ? folder.alias : undefined,
    named: [...named, ...(construct?.texts ?? [])],
    tree: named.reduce((rest, template) => template.extractFrom(rest), tree),
  };
}

/** Conditions and loops around an object, in the order in which a template asks them. */
function guardsOf(scopes: readonly IConstruct[]): Pick<DescribedObject, 'condition' | 'loops'> {
  const guards = scopes.filter((scope) => isConditional(scope) || scope instanceof ObjectLoop);
  const rounds = guards.flatMap((scope, i) => (scope instanceof ObjectLoop ? [{ each: scope.each, i }] : []));
  const between = (from: number, to?: number): Condition | undefined =>
    allOf(guards.slice(from, to).flatMap((scope) => (isConditional(scope) ? [scope.when] : [])));
  return {
    condition: between(0, rounds[0]?.i),
    loops: rounds.map(({ each, i }, n) => ({ each, condition: between(i + 1, rounds[n + 1]?.i) })),
  };
}

/** All that an object is there for, inside of loops or around them. */
function conditionOf(scopes: readonly IConstruct[]): Condition | undefined {
  return allOf(scopes.flatMap((scope) => (isConditional(scope) ? [scope.when] : [])));
}

function allOf(conditions: readonly (Condition | undefined)[]): Condition | undefined {
  const given = conditions.filter((condition) => condition !== undefined);
  return given.length === 0 ? undefined : and(...given);
}
