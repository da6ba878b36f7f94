import type {
  KubernetesObject,
  V1Deployment,
  V2HorizontalPodAutoscaler,
  V2HorizontalPodAutoscalerCondition,
} from '@kubernetes/client-node';
import { follow } from './follow';
import { COMPONENT } from './workloads';

/** A number of pods that was wanted, and since when. */
interface Wanted {
  readonly replicas: number;
  readonly at: number;
}

type ByName<T> = ReadonlyMap<string, T>;

/** Follows how many pods the services of a namespace should have, and what their autoscalers say of it. */
export class Autoscalers {
  private readonly histories = new Map<string, Wanted[]>();
  private readonly reasons = new Set<string>();
  private autoscalers: ByName<V2HorizontalPodAutoscaler> = new Map();
  private readonly stops: (() => void)[] = [];

  static async follow(namespace: string): Promise<Autoscalers> {
    const all = new Autoscalers();
    const deployments = await follow<V1Deployment>(
      `/apis/apps/v1/namespaces/${namespace}/deployments`,
      '',
      (now) => {
        all.seeDeployments(now);
      },
    );
    const autoscalers = await follow<V2HorizontalPodAutoscaler>(
      `/apis/autoscaling/v2/namespaces/${namespace}/horizontalpodautoscalers`,
      '',
      (now) => {
        all.seeAutoscalers(now);
      },
    );
    all.stops.push(deployments.stop, autoscalers.stop);
    all.seeDeployments(deployments.now);
    all.seeAutoscalers(autoscalers.now);
    return all;
  }

  /** Forgets what was, but for how it is now. */
  forget(): void {
    for (const [component, history] of this.histories) this.histories.set(component, history.slice(-1));
    this.reasons.clear();
  }

  /** The numbers of pods that a service should have, one after the other. */
  wanted(component: string): readonly Wanted[] {
    return this.histories.get(component) ?? [];
  }

  /** Whether an autoscaler has given a reason for what it did. */
  gaveReason(component: string, reason: string): boolean {
    return this.reasons.has(`${component} ${reason}`);
  }

  /** What an autoscaler says now. */
  condition(component: string, type: string): V2HorizontalPodAutoscalerCondition | undefined {
    const autoscaler = [...this.autoscalers.values()].find((one) => componentOf(one) === component);
    return autoscaler?.status?.conditions?.find((condition) => condition.type === type);
  }

  stop(): void {
    this.stops.forEach((stop) => {
      stop();
    });
  }

  private seeDeployments(now: ByName<V1Deployment>): void {
    for (const deployment of now.values()) {
      const history = this.wanted(componentOf(deployment));
      const replicas = deployment.spec?.replicas ?? 1;
      if (history.at(-1)?.replicas !== replicas)
        this.histories.set(componentOf(deployment), [...history, { replicas, at: Date.now() }]);
    }
  }

  private seeAutoscalers(now: ByName<V2HorizontalPodAutoscaler>): void {
    this.autoscalers = now;
    for (const autoscaler of now.values())
      for (const { reason = '' } of autoscaler.status?.conditions ?? [])
        this.reasons.add(`${componentOf(autoscaler)} ${reason}`);
  }
}

function componentOf({ metadata }: KubernetesObject): string {
  return metadata?.labels?.[COMPONENT] ?? '';
}
