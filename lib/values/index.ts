export * from './core';
export { everyService, facets, type FacetName, type ServiceValues, type ValuesWith } from './service';
