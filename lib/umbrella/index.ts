export * from './describe';
export * from './rules';
export * from './values';
