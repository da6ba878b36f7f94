export * from './schema';
export { definitions } from './shapes';
export type { ExposedServiceValues, GpuServiceValues, ServiceValues, VllmServiceValues } from './service';
