export * from './describe';
export * from './rules';
