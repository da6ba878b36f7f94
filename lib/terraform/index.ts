export * from './facts-files';
export * from './known-release';
export * from './outputs';
export * from './read-outputs';
export * from './values';
