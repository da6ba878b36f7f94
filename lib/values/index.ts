export * from './core';
export { definitions } from './shapes';
export { everyService, facets, type FacetName, type ServiceValues, type ValuesWith } from './service';
