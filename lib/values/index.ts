export * from './core';
export type { GlobalValues } from './groups/global';
export { everyService, facets, type FacetName, type ServiceValues, type ValuesWith } from './service';
