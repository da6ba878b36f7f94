export * from './chart';
export * from './chart-facts';
export * from './manifests';
export * from './yaml';
export * from './texts';
