export * from './chart';
export * from './chart-facts';
export * from './manifests';
export * from './yaml';
export * from './texts';
export * from './chart-folder';
export * from './output';
export * from './package';
