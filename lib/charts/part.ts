import { Construct } from 'constructs';
import type { References, Condition } from '../template';
import type { ServiceRecord } from '../platform/model';
import type { GpuServiceValues, ServiceValues } from '../values';

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

  constructor(scope: Construct, id: string, options: PartOptions) {
    super(scope, id);
    this.source = options.source;
    this.when = options.when;
  }
}

/** A service, as the parts of its chart see it: its record and its own values. */
export interface ServiceScope<V extends ServiceValues = ServiceValues> {
  readonly record: ServiceRecord;
  readonly values: References<V>;
}

/** A service that may run on GPUs. */
export type GpuServiceScope = ServiceScope<GpuServiceValues>;
