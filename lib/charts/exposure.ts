import { KubeIngress, type HttpIngressPath, type KubeIngressProps } from 'cdk8s-plus-28/lib/imports/k8s';
import type { Construct } from 'constructs';
import { HttpRoute, HttpRouteSpecRulesMatchesPathType, type HttpRouteProps } from '../../imports/httproutes';
import {
  type Condition,
  DescribedConstruct,
  type Item,
  type Templated,
  type TextMap,
  type Value,
  eachOf,
  join,
  jsonOf,
  nonEmpty,
  spreadMap,
  templated,
  text,
  when,
} from '../engine';
import { nameOf } from './helpers/names';
import { serviceMetadata } from './metadata';
import type { ServiceScope } from './scope';
import { values } from './values';

const { ingress, gateway, api } = values;
const { alb } = ingress;

/** Paths that only the operators' networks may reach, in the order of the load balancer's rules. */
const ADMIN_PATHS: readonly { readonly path: Value<string> | string; readonly condition?: Condition }[] = [
  { path: '/admin' },
  { path: text`${api.basePath}/admin`, condition: nonEmpty(api.basePath) },
  { path: text`${api.basePath}/catalog/refresh` },
];

/** The two rules for an admin path, as the annotations name them. */
const ALLOW = 'allow-admin';
const DENY = 'deny-admin';

/**
 * The way in from outside. An allowlist alone would fall through to the rule for everything, so that each admin
 * path has two rules: for the networks of the operators, and a refusal for all others.
 */
export class AlbIngress extends DescribedConstruct {
  constructor(scope: Construct, service: ServiceScope) {
    super(scope, 'ingress-part', { source: 'lib/charts/exposure.ts', when: ingress.enabled });
    new KubeIngress(
      this,
      'ingress',
      templated<KubeIngressProps>({
        metadata: {
          ...serviceMetadata(service),
          annotations: { ...albAnnotations(service), ...spreadMap(ingress.annotations) },
        },
        spec: {
          ingressClassName: ingress.className,
          rules: [
            {
              host: ingress.host,
              http: { paths: [...ADMIN_PATHS.flatMap(adminRules), publicRule(service)] },
            },
          ],
        },
      }),
    );
  }
}

function adminRules({ path, condition }: (typeof ADMIN_PATHS)[number]): Item<HttpIngressPath>[] {
  const rules = [when(nonEmpty(alb.adminCidrs), rule(path, ALLOW)), rule(path, DENY)];
  return condition === undefined ? rules : rules.map((item) => when(condition, item));
}

/** A rule whose action is in an annotation. */
function rule(path: Value<string> | string, action: string): Templated<HttpIngressPath> & object {
  return {
    path,
    pathType: 'Prefix',
    backend: { service: { name: action, port: { name: 'use-annotation' } } },
  };
}

function publicRule({ record }: ServiceScope): Item<HttpIngressPath> {
  return {
    path: '/',
    pathType: 'Prefix',
    backend: { service: { name: nameOf(record.name), port: { name: 'http' } } },
  };
}

/** Keys below alb.ingress.kubernetes.io that we set; the operator's own annotations must leave them alone. */
export const ALB_KEYS = [
  'scheme',
  'target-type',
  'target-group-attributes',
  'listen-ports',
  'ssl-redirect',
  'ssl-policy',
  'certificate-arn',
  'wafv2-acl-arn',
  'inbound-cidrs',
  'healthcheck-path',
  `actions.${ALLOW}`,
  `conditions.${ALLOW}`,
  `actions.${DENY}`,
] as const;

function albAnnotations({ record, values: own }: ServiceScope): TextMap {
  const target = text`{"type":"forward","forwardConfig":{"targetGroups":[{"serviceName":"${nameOf(record.name)}","servicePort":${own.servicePort}}]}}`;
  const annotations: Record<(typeof ALB_KEYS)[number], TextMap[string]> = {
    scheme: alb.scheme,
    'target-type': 'ip',
    'target-group-attributes': 'deregistration_delay.timeout_seconds=30',
    'listen-ports': '[{"HTTP":80},{"HTTPS":443}]',
    'ssl-redirect': '443',
    'ssl-policy': alb.sslPolicy,
    'certificate-arn': when(nonEmpty(alb.certificateArn), alb.certificateArn),
    'wafv2-acl-arn': when(nonEmpty(alb.wafAclArn), alb.wafAclArn),
    'inbound-cidrs': join(alb.inboundCidrs, ','),
    'healthcheck-path': text`${api.basePath}${record.health.path}`,
    'actions.allow-admin': when(nonEmpty(alb.adminCidrs), target),
    'conditions.allow-admin': when(
      nonEmpty(alb.adminCidrs),
      text`[{"field":"source-ip","sourceIpConfig":{"values":${jsonOf(alb.adminCidrs)}}}]`,
    ),
    'actions.deny-admin':
      '{"type":"fixed-response","fixedResponseConfig":{"contentType":"text/plain","statusCode":"403","messageBody":"Forbidden"}}',
  };
  return Object.fromEntries(
    Object.entries(annotations).map(([key, value]) => [`alb.ingress.kubernetes.io/${key}`, value]),
  );
}

/** The way in by the Gateway API. A route cannot match by source: it routes the public paths, and nothing else. */
export class PublicRoute extends DescribedConstruct {
  constructor(scope: Construct, service: ServiceScope) {
    super(scope, 'route-part', { source: 'lib/charts/exposure.ts', when: gateway.enabled });
    const { parentRef } = gateway;
    new HttpRoute(
      this,
      'http-route',
      templated<HttpRouteProps>({
        metadata: serviceMetadata(service),
        spec: {
          parentRefs: [
            {
              name: parentRef.name,
              namespace: when(nonEmpty(parentRef.namespace), parentRef.namespace),
              sectionName: when(nonEmpty(parentRef.sectionName), parentRef.sectionName),
            },
          ],
          hostnames: [gateway.host],
          rules: [
            {
              matches: [
                eachOf(gateway.publicPrefixes, 'prefix', (prefix) => ({
                  path: {
                    type: HttpRouteSpecRulesMatchesPathType.PATH_PREFIX,
                    value: text`${api.basePath}${prefix}`,
                  },
                })),
              ],
              backendRefs: [{ name: nameOf(service.record.name), port: service.values.servicePort }],
            },
          ],
        },
      }),
    );
  }
}
