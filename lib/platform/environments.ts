/** The environments, in the order of all that lists them: each has a file `values/<name>.yaml` with what differs there. */
export const ENVIRONMENTS = ['dev', 'staging', 'prod'] as const;
export type Environment = (typeof ENVIRONMENTS)[number];
