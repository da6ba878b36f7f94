export * from './describe';
export * from './rules';
export type { NamedTemplate } from './named-template';
