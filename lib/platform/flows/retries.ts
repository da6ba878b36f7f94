/** How often something is tried, and how long is waited in between. */
export interface Retries {
  /** In all, the first one included. */
  readonly attempts: number;
  readonly backoff: 'none' | 'linear' | 'exponential';
  readonly minSeconds: number;
  readonly maxSeconds: number;
  /** The delay is drawn between nothing and what the backoff says, so that many do not come back at once. */
  readonly jitter: boolean;
}

const ONCE: Retries = { attempts: 1, backoff: 'none', minSeconds: 0, maxSeconds: 0, jitter: false };

/** A GPU that failed will not work a second later; sources of others are asked slowly; the rest is tried again. */
export const retryClasses = {
  default: { attempts: 3, backoff: 'exponential', minSeconds: 0.5, maxSeconds: 30, jitter: true },
  polite: { attempts: 10, backoff: 'linear', minSeconds: 1, maxSeconds: 10, jitter: false },
  gpu: ONCE,
  guard: ONCE,
} as const satisfies Record<string, Retries>;

/** The class of a step. */
export type RetryClass = keyof typeof retryClasses;
