import type { ServiceSpec } from 'cdk8s-plus-28/lib/imports/k8s';
import {
  type Condition,
  type References,
  type Templated,
  type Value,
  given,
  override,
  present,
  spread,
  when,
} from '../engine';
import type { GlobalValues } from '../values';
import { values } from './values';

/** Whether policies are made: `global` decides for all charts of a release where it says something. */
export const policiesOn: Condition = override(values.global.network.policies, values.network.policies);

type Families = Exclude<Templated<Pick<ServiceSpec, 'ipFamilyPolicy' | 'ipFamilies'>>, Value<unknown>>;

/** The families of addresses of a Service; a chart inside gives its own `global`. */
export function ipFamilies({ network }: References<GlobalValues>): Families {
  const { ipFamilyPolicy: policy, ipFamilies: families } = network;
  return { ipFamilyPolicy: when(present(policy), given(policy)), ipFamilies: [spread(families)] };
}
