export * from './object-problems';
export * from './pods';
