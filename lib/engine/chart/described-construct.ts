import { Chart } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import type { Alias, Condition } from '../template';
import type { NamedTemplate } from './named-template';

/** What a construct of a chart says of itself. */
export interface DescribedOptions {
  /** The file that makes it, for whoever looks for it. */
  readonly source: string;
  /** All of its objects are there only if this holds. */
  readonly when?: Condition;
}

/** A construct that makes objects: it knows where it is written and when its objects are there. */
export abstract class DescribedConstruct extends Construct {
  readonly source: string;
  readonly when: Condition | undefined;
  /** One of its objects has parts that are printed as named templates. */
  named?: { readonly file: string; readonly templates: readonly NamedTemplate[] };
  /** Templates that its objects hold as text. */
  texts: readonly NamedTemplate[] = [];
  /** Its object is none of the release: of it, or of what is at the path, the template is made. */
  embedded?: { readonly template: NamedTemplate; readonly path: readonly string[] };

  constructor(scope: Construct, id: string, options: DescribedOptions) {
    super(scope, id);
    this.source = options.source;
    this.when = options.when;
  }
}

/** What all objects in a folder of templates have in common. */
export interface FolderOptions {
  /** They are there only if this holds. */
  readonly when?: Condition;
  /** The values that they mostly look at, by a short name. */
  readonly alias?: Alias;
}

/** A folder of templates. */
export class TemplateFolder extends Chart {
  readonly when: Condition | undefined;
  readonly alias: Alias | undefined;

  constructor(scope: Construct, name: string, { when, alias }: FolderOptions = {}) {
    super(scope, name, { disableResourceNameHashes: true });
    this.when = when;
    this.alias = alias;
  }
}

/** Holds one object that a condition decides about. */
export class Conditional extends Construct {
  constructor(
    scope: Construct,
    id: string,
    readonly when: Condition,
  ) {
    super(scope, id);
  }
}

/** Whether a scope decides when its objects are there. cdk8s takes every chart for an instance of every chart class. */
export function isConditional(scope: IConstruct): scope is DescribedConstruct | TemplateFolder | Conditional {
  return scope instanceof DescribedConstruct || scope instanceof Conditional || isTemplateFolder(scope);
}

/** Whether a scope is a folder of templates. */
export function isTemplateFolder(scope: IConstruct): scope is TemplateFolder {
  return Chart.isChart(scope) && 'alias' in scope;
}
