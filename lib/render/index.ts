export * from '../charts/chart-facts';
export * from './chart-folder';
export * from './release';
export * from './output';
