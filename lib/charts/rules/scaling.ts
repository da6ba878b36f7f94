import { valuesKey } from '../../platform/model';
import { allServices } from '../../platform/services';
import { type Rule, and, equals, nonEmpty, not } from '../../engine';
import { scopeOf } from '../scope';

/** A second trigger of KEDA asks something: its own query, or the one that some services have. */
export const scalingRules: readonly Rule[] = allServices()
  .filter(({ scaling }) => scaling.secondSignal === undefined)
  .map((record) => {
    const { scaling } = scopeOf(record).values;
    return {
      path: `services.${valuesKey(record.name)}.scaling.keda.secondThreshold`,
      broken: and(
        equals(scaling.mode, 'keda'),
        nonEmpty(scaling.keda.secondThreshold),
        not(nonEmpty(scaling.keda.secondQuery)),
      ),
      sentence:
        'must be empty, or scaling.keda.secondQuery given: this service has no second query of its own',
    };
  });
