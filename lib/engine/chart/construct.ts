import { Construct } from 'constructs';
import type { Condition } from '../template';
import type { NamedTemplate } from './named-template';

/** What a part of the chart says of itself. */
export interface PartOptions {
  /** The file that makes it, for `medkg explain`. */
  readonly source: string;
  /** The whole part is there only if this holds. */
  readonly when?: Condition;
}

/** A part of the chart: a construct that knows where it is written and when it is there. */
export abstract class Part extends Construct {
  readonly source: string;
  readonly when: Condition | undefined;
  /** One of its objects has parts that are printed as named templates. */
  named?: { readonly file: string; readonly templates: readonly NamedTemplate[] };
  /** Templates that its objects hold as text. */
  texts: readonly NamedTemplate[] = [];
  /** Its object is none of the release: of it, or of the part at the path, the template is made. */
  embedded?: { readonly template: NamedTemplate; readonly path: readonly string[] };

  constructor(scope: Construct, id: string, options: PartOptions) {
    super(scope, id);
    this.source = options.source;
    this.when = options.when;
  }
}
