export * from './catalogue';
export * from './describe';
export * from './rules';
export * from './values';
