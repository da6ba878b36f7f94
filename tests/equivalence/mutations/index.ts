import { chartMutations } from './chart';
import { drawnMutations } from './drawn';
import { insideMutations } from './inside';
import type { Mutation } from './mutation';
import { printerMutations } from './printer';

/** Every trap that the proof has to see. */
export const mutations: readonly Mutation[] = [
  ...printerMutations,
  ...chartMutations,
  ...insideMutations,
  ...drawnMutations,
];
