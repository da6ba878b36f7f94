export * from './core';
export { definitions } from '../engine/values/shapes';
export { everyService, facets, type FacetName, type ServiceValues, type ValuesWith } from './service';
