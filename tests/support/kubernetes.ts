/** As much of the Kubernetes API as the tests look at. */

export type Strings = Readonly<Record<string, string>>;

interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Strings;
  readonly annotations?: Strings;
}

export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
}

export interface Probe {
  readonly httpGet?: { readonly path: string; readonly port: string | number };
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
  readonly failureThreshold: number;
}

interface Capabilities {
  readonly add?: readonly string[];
  readonly drop?: readonly string[];
}

interface SecurityContext {
  readonly runAsNonRoot?: boolean;
  readonly runAsUser?: number;
  readonly runAsGroup?: number;
  readonly fsGroup?: number;
  readonly seccompProfile?: { readonly type: string };
  readonly allowPrivilegeEscalation?: boolean;
  readonly readOnlyRootFilesystem?: boolean;
  readonly privileged?: boolean;
  readonly procMount?: string;
  readonly capabilities?: Capabilities;
}

interface EnvironmentVariable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: {
    readonly secretKeyRef?: { readonly name: string; readonly key: string; readonly optional?: boolean };
  };
}

interface Resources {
  readonly requests?: Readonly<Record<string, string | number>>;
  readonly limits?: Readonly<Record<string, string | number>>;
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: readonly EnvironmentVariable[];
  readonly envFrom?: readonly unknown[];
  readonly ports?: readonly {
    readonly name: string;
    readonly containerPort: number;
    readonly hostPort?: number;
  }[];
  readonly lifecycle?: { readonly preStop?: { readonly sleep?: { readonly seconds: number } } };
  readonly startupProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly resources?: Resources;
  readonly securityContext?: SecurityContext;
  readonly volumeMounts?: readonly {
    readonly name: string;
    readonly mountPath: string;
    readonly readOnly?: boolean;
  }[];
}

export interface Volume {
  readonly name: string;
  readonly emptyDir?: { readonly medium?: string; readonly sizeLimit?: string };
  readonly configMap?: { readonly name: string };
  readonly persistentVolumeClaim?: { readonly claimName: string; readonly readOnly?: boolean };
  readonly ephemeral?: unknown;
  readonly projected?: {
    readonly sources: readonly { readonly serviceAccountToken?: { readonly audience?: string } }[];
  };
  readonly hostPath?: unknown;
}

export interface Toleration {
  readonly key?: string;
  readonly operator?: string;
  readonly value?: string;
  readonly effect?: string;
}

export interface Requirement {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

export interface NodeTerm {
  readonly matchExpressions?: readonly Requirement[];
}

export interface PodSpec {
  readonly serviceAccountName?: string;
  readonly automountServiceAccountToken?: boolean;
  readonly enableServiceLinks?: boolean;
  readonly priorityClassName?: string;
  readonly runtimeClassName?: string;
  readonly terminationGracePeriodSeconds?: number;
  readonly restartPolicy?: string;
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
  readonly hostIPC?: boolean;
  readonly securityContext?: SecurityContext;
  readonly nodeSelector?: Strings;
  readonly imagePullSecrets?: readonly { readonly name: string }[];
  readonly affinity?: {
    readonly nodeAffinity?: {
      readonly requiredDuringSchedulingIgnoredDuringExecution?: {
        readonly nodeSelectorTerms: readonly NodeTerm[];
      };
      readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly {
        readonly weight: number;
        readonly preference: NodeTerm;
      }[];
    };
  };
  readonly tolerations?: readonly Toleration[];
  readonly topologySpreadConstraints?: readonly {
    readonly topologyKey: string;
    readonly whenUnsatisfiable: string;
    readonly labelSelector: LabelSelector;
  }[];
  readonly initContainers?: readonly Container[];
  readonly containers: readonly Container[];
  readonly volumes?: readonly Volume[];
}

export interface PodTemplate {
  readonly metadata: Partial<Metadata>;
  readonly spec: PodSpec;
}

export interface LabelSelector {
  readonly matchLabels?: Strings;
  readonly matchExpressions?: readonly Requirement[];
}

interface Deployment extends KubeObject {
  readonly spec: {
    readonly replicas?: number;
    readonly revisionHistoryLimit: number;
    readonly progressDeadlineSeconds: number;
    readonly strategy: {
      readonly type: string;
      readonly rollingUpdate: { readonly maxSurge: number; readonly maxUnavailable: number };
    };
    readonly selector: LabelSelector;
    readonly template: PodTemplate;
  };
}

interface Job extends KubeObject {
  readonly spec: {
    readonly backoffLimit: number;
    readonly activeDeadlineSeconds?: number;
    readonly template: PodTemplate;
  };
}

interface Pod extends KubeObject {
  readonly spec: PodSpec;
}

interface Service extends KubeObject {
  readonly spec: {
    readonly type: string;
    readonly selector: Strings;
    readonly ports: readonly {
      readonly name: string;
      readonly port: number;
      readonly targetPort: string;
      readonly nodePort?: number;
    }[];
    readonly loadBalancerSourceRanges?: readonly string[];
  };
}

interface Autoscaler extends KubeObject {
  readonly spec: {
    readonly scaleTargetRef: { readonly kind: string; readonly name: string };
    readonly minReplicas: number;
    readonly maxReplicas: number;
    readonly metrics: readonly {
      readonly type: string;
      readonly pods?: { readonly metric: { readonly name: string } };
    }[];
    readonly behavior: { readonly scaleDown: { readonly stabilizationWindowSeconds: number } };
  };
}

interface ScaledObject extends KubeObject {
  readonly spec: {
    readonly scaleTargetRef: { readonly kind: string; readonly name: string };
    readonly minReplicaCount: number;
    readonly maxReplicaCount: number;
    readonly fallback: { readonly replicas: number; readonly behavior?: string };
    readonly triggers: readonly { readonly type: string; readonly metadata: Strings }[];
  };
}

interface DisruptionBudget extends KubeObject {
  readonly spec: {
    readonly minAvailable?: number;
    readonly maxUnavailable?: number;
    readonly unhealthyPodEvictionPolicy: string;
    readonly selector: LabelSelector;
  };
}

export interface PolicyPeer {
  readonly podSelector?: LabelSelector;
  readonly namespaceSelector?: LabelSelector;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}

export interface PolicyRule {
  readonly from?: readonly PolicyPeer[];
  readonly to?: readonly PolicyPeer[];
  readonly ports?: readonly { readonly port: number; readonly protocol: string }[];
}

export interface NetworkPolicy extends KubeObject {
  readonly spec: {
    readonly podSelector: LabelSelector;
    readonly policyTypes: readonly string[];
    readonly ingress?: readonly PolicyRule[];
    readonly egress?: readonly PolicyRule[];
  };
}

export interface Ingress extends KubeObject {
  readonly spec: {
    readonly ingressClassName: string;
    readonly rules: readonly {
      readonly host: string;
      readonly http: {
        readonly paths: readonly {
          readonly path: string;
          readonly pathType: string;
          readonly backend: {
            readonly service: { readonly name: string; readonly port: { readonly name: string } };
          };
        }[];
      };
    }[];
  };
}

interface HttpRoute extends KubeObject {
  readonly spec: {
    readonly hostnames: readonly string[];
    readonly rules: readonly {
      readonly matches: readonly { readonly path: { readonly type: string; readonly value: string } }[];
      readonly backendRefs: readonly { readonly name: string; readonly port: number }[];
    }[];
  };
}

/** Which shape an object of a kind has. */
export interface Kinds {
  readonly Deployment: Deployment;
  readonly Job: Job;
  readonly Pod: Pod;
  readonly Service: Service;
  readonly HorizontalPodAutoscaler: Autoscaler;
  readonly ScaledObject: ScaledObject;
  readonly PodDisruptionBudget: DisruptionBudget;
  readonly NetworkPolicy: NetworkPolicy;
  readonly Ingress: Ingress;
  readonly HTTPRoute: HttpRoute;
  readonly ServiceAccount: KubeObject & { readonly automountServiceAccountToken?: boolean };
  readonly PriorityClass: KubeObject & { readonly value: number; readonly globalDefault?: boolean };
  readonly PersistentVolumeClaim: KubeObject & { readonly spec: unknown };
  readonly ConfigMap: KubeObject & { readonly data: Strings };
  readonly Role: KubeObject & { readonly rules: readonly unknown[] };
  readonly RoleBinding: KubeObject & {
    readonly roleRef: { readonly kind: string; readonly name: string };
    readonly subjects: readonly { readonly kind: string; readonly name: string }[];
  };
  readonly SecretStore: KubeObject & {
    readonly spec: {
      readonly provider: {
        readonly vault: {
          readonly path: string;
          readonly auth: {
            readonly kubernetes: {
              readonly mountPath: string;
              readonly role: string;
              readonly serviceAccountRef: { readonly name: string; readonly audiences: readonly string[] };
            };
          };
        };
      };
    };
  };
  readonly ExternalSecret: KubeObject & {
    readonly spec: {
      readonly secretStoreRef: { readonly name: string; readonly kind: string };
      readonly target: { readonly name: string };
      readonly data: readonly {
        readonly secretKey: string;
        readonly remoteRef: { readonly key: string; readonly property: string };
      }[];
    };
  };
  readonly ServiceMonitor: KubeObject & {
    readonly spec: {
      readonly selector: LabelSelector;
      readonly endpoints: readonly {
        readonly port: string;
        readonly path: string;
        readonly interval: string;
        readonly scrapeTimeout: string;
      }[];
    };
  };
}
