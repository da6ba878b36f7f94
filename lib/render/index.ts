export * from '../engine/render/chart';
export * from './chart-facts';
export * from '../engine/render/manifests';
export * from '../engine/render/yaml';
export * from '../engine/render/texts';
export * from './chart-folder';
export * from '../engine/render/output';
export * from '../engine/render/package';
