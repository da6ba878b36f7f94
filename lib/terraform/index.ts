export * from './facts-files';
export * from './known-release';
