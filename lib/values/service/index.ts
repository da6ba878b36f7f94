export { defaultsOf } from './defaults';
export { facets, type FacetName, type ServiceValues, type ValuesOf, type ValuesWith } from './facets';
export { image } from './container';
export { everyService, shapeOf } from './shape';
