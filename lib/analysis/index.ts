export * from './object-problems';
export * from './pods';
export * from './scaling';
