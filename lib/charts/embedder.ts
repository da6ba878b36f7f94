import { valuesKey } from '../platform/model';
import { serviceInRole } from '../platform/services';
import { values } from './values';

const record = serviceInRole('embedder');

/** The service that makes dense embeddings: who needs it does not know its name. */
export const embedder = { record, values: values.services[valuesKey(record.name)] };
