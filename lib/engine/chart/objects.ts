import { ApiObject, type App } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { and, symbolicApp, type Alias, type Condition, type Node } from '../template';
import { DescribedConstruct, isConditional, isTemplateFolder } from './described-construct';
import type { NamedTemplate } from './named-template';

/** One object of a chart, with what is symbolic still in it. */
export interface DescribedObject {
  /** The folder of its template. */
  readonly folder: string;
  /** The name of its template, without the ending. */
  readonly file: string;
  /** Where it is written. */
  readonly source: string;
  /** When it is there, from the outside in; `and` of them all is `condition`. */
  readonly condition: Condition | undefined;
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
  return app.charts.flatMap((chart) =>
    chart.node
      .findAll()
      .filter((construct) => ApiObject.isApiObject(construct))
      .flatMap((object) => describeObject(object, chart, symbolicValues.capture(object))),
  );
}

/** The object, or nothing where another one holds it. */
function describeObject(object: ApiObject, folder: IConstruct, tree: Node): DescribedObject[] {
  const construct = object.node.scopes.findLast((scope) => scope instanceof DescribedConstruct);
  if (construct === undefined)
    throw new Error(`${object.node.path} belongs to no construct that says where it is written`);
  if (construct.embedded === undefined) return [describeOwn(object, folder, tree, construct)];
  construct.embedded.template.takeFrom(tree, construct.embedded.path);
  return [];
}

function describeOwn(
  object: ApiObject,
  folder: IConstruct,
  tree: Node,
  construct: DescribedConstruct,
): DescribedObject {
  const named = construct.named?.file === object.node.id ? construct.named.templates : [];
  return {
    folder: folder.node.id,
    file: object.node.id,
    source: construct.source,
    condition: allOf(object.node.scopes),
    alias: isTemplateFolder(folder) ? folder.alias : undefined,
    named: [...named, ...construct.texts],
    tree: named.reduce((rest, template) => template.extractFrom(rest), tree),
  };
}

function allOf(scopes: readonly IConstruct[]): Condition | undefined {
  const conditions = scopes.flatMap((scope) =>
    isConditional(scope) && scope.when !== undefined ? [scope.when] : [],
  );
  return conditions.length === 0 ? undefined : and(...conditions);
}
