import { stepServices } from '../../platform/flows/steps';
import { valuesKey } from '../../platform/model';
import { type Rule, and, not } from '../../engine';
import { embedder } from '../embedder';
import { serviceScope } from '../scope';
import { values } from '../values';

/** Steps run as services, and a guard asks the server of the embeddings for its health. */
export const flowRules: readonly Rule[] = [...stepServices, embedder.record.name].map((name) => ({
  path: `services.${valuesKey(name)}.enabled`,
  broken: and(values.airflow.enabled, not(serviceScope(name).values.enabled)),
  sentence: 'must be true while airflow.enabled is: the flows need it',
}));
