import type { SecretKey } from './secrets';

/** What is deployed, as data: no Kubernetes, no values, no functions. */

/** Kubernetes quantities, as they are written in a resource list. */
export interface Resources {
  readonly requests: Readonly<Record<string, string>>;
  readonly limits: Readonly<Record<string, string>>;
}

/** How a probe asks, in seconds and attempts. */
export interface ProbeTiming {
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
  readonly failureThreshold: number;
}

/** What a horizontal autoscaler looks at. */
export type ScalingSignal =
  | { readonly source: 'cpu'; readonly utilization: number }
  | {
      readonly source: 'pods' | 'external';
      /** The name under which the metrics adapter serves it. */
      readonly metric: string;
      /** Target average a pod, as a quantity. */
      readonly averageValue: string;
      /** What KEDA asks Prometheus: one element; SELECTOR stands for the labels of the service's pods. */
      readonly query: string;
    };

/** How many pods: the mode and the bounds that the chart starts with; all of them are values. */
export interface Scaling {
  readonly mode: 'fixed' | 'hpa' | 'keda';
  readonly replicas: number;
  readonly minReplicas: number;
  readonly maxReplicas: number;
  readonly signal: ScalingSignal;
  /** Looked at besides: the one that asks for more pods counts. */
  readonly secondSignal?: ScalingSignal;
}

/** A writable directory: everything else of the file system is read-only. */
export interface ScratchDirectory {
  readonly name: string;
  readonly mountPath: string;
  readonly sizeLimit: string;
  /** Memory-backed, for `/dev/shm`. */
  readonly memory?: true;
}

/** A GPU is asked for in a pool of nodes; an optional pool is off until a value names one. */
export interface GpuNeed<P extends string | undefined = string | undefined> {
  readonly pool: P;
  readonly count: number;
}

/** What others need a service for that must not know its name: one service a role. */
export type Role = 'embedder';

/** A place where the application does not say what we need, and what we took. */
export interface Assumption {
  readonly what: string;
  readonly taken: string;
}

/** One service: the only place that describes it. */
export type ServiceRecord = Described & (WithoutModel | ServingModel);

interface WithoutModel {
  readonly gpu?: GpuNeed;
  readonly vllm?: undefined;
}

interface ServingModel {
  readonly gpu: GpuNeed<string>;
  /** Serves a model by vLLM: the arguments depend on the type of GPU, so that it needs one. */
  readonly vllm: { readonly model: string; readonly servedName: string };
}

interface Described {
  /** DNS label; also the component label and, in camel case, the key under `services`. */
  readonly name: string;
  readonly description: string;
  /** Whom others find by it, in place of the name. */
  readonly role?: Role;
  readonly image: {
    /** Set for images that are not ours; `image.registry` and the prefix do not apply then. */
    readonly registry?: string;
    readonly repository: string;
    /** Set for images that are not ours; ours follow the version of the application. */
    readonly tag?: string;
  };
  readonly command: readonly string[];
  readonly args: readonly string[];
  /** Numeric ids of the process. */
  readonly user: { readonly uid: number; readonly gid: number };
  /** The container's port `http`, and the Service's. */
  readonly port: { readonly container: number; readonly service: number };
  /** The variable by which callers find it, if the application has one; otherwise it is made of the name. */
  readonly addressVariable?: string;
  readonly health: { readonly path: string; /** Below `api.http.basePath`. */ readonly underBasePath?: true };
  readonly metricsPath: string;
  /** `failureThreshold × periodSeconds` is how long a start may take. */
  readonly probes: {
    readonly startup: ProbeTiming;
    readonly readiness: ProbeTiming;
    readonly liveness: ProbeTiming;
  };
  readonly resources: Resources;
  readonly scaling: Scaling;
  /** Pods that a voluntary disruption leaves, where the minimum is larger than this. */
  readonly minAvailable?: number;
  /** Pods beyond, and missing from, the replicas during a rolling update. */
  readonly rollout: { readonly maxSurge: number; readonly maxUnavailable: number };
  /** Seconds until a rollout that makes no progress is called failed: more than a start may take. */
  readonly progressDeadlineSeconds: number;
  readonly shutdown: { readonly preStopSeconds: number; readonly gracePeriodSeconds: number };
  readonly scratch: readonly ScratchDirectory[];
  /** Environment that is the same everywhere. */
  readonly env: Readonly<Record<string, string>>;
  /** Reads `config.yaml` and `policy.yaml`. */
  readonly configuration: boolean;
  /** Keys of the platform's secret that this service may see, and no other. */
  readonly secrets: readonly SecretKey[];
  /** Runs near much memory, where there is a choice. */
  readonly prefersHighMemory?: true;
  readonly priority: 'serving' | 'batch';
  /** Served to the outside, by the Ingress. */
  readonly exposed?: true;
  /** Whom it calls: our services by name, and peers. The index refuses anybody else, since it knows all names. */
  readonly calls: readonly string[];
  /** What it asks of the Kubernetes API; nothing means that it gets no token. */
  readonly kubernetes?: readonly {
    readonly apiGroups: readonly string[];
    readonly resources: readonly string[];
    readonly verbs: readonly string[];
  }[];
  readonly assumptions: readonly Assumption[];
}

type CamelCase<S extends string> = S extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : S;

/** `qwen-embed-vllm` → `qwenEmbedVllm`. */
export function valuesKey<N extends string>(name: N): CamelCase<N> {
  // The type says the same as the replacement.
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()) as CamelCase<N>;
}

/** The identity: checks a record, and keeps as types what it says; the values of the service follow from them. */
export function defineService<const R extends ServiceRecord>(record: R): R {
  return record;
}
