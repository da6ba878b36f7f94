import { Type } from '@sinclair/typebox';
import { CIDR, DNS_SUBDOMAIN, HOST, closed, flag, group, line, oneOf, stringMap } from '../../engine';

export const ingress = group(
  closed(
    {
      enabled: flag('Make an Ingress to the API'),
      className: line('IngressClass', { pattern: DNS_SUBDOMAIN, maxLength: 253 }),
      host: line('Host name', { pattern: HOST, maxLength: 253, examples: ['api.example.org'] }),
      annotations: stringMap('Further annotations; keys that we set ourselves are refused'),
      alb: closed({
        scheme: oneOf('Reachable from the internet, or from the inside alone', [
          'internet-facing',
          'internal',
        ]),
        certificateArn: line(
          'Certificate of the AWS Certificate Manager; empty lets the controller find one by host',
          { pattern: '^$|^arn:aws[a-z-]*:acm:[a-z0-9-]+:[0-9]{12}:certificate/[A-Za-z0-9-]+$' },
        ),
        wafAclArn: line('Web ACL in front of it; empty for none', {
          pattern: '^$|^arn:aws[a-z-]*:wafv2:[a-z0-9-]+:[0-9]{12}:regional/webacl/[A-Za-z0-9/_-]+$',
        }),
        inboundCidrs: Type.Array(line('', { pattern: CIDR }), {
          description: 'Networks that may connect at all; at least one',
          minItems: 1,
        }),
        adminCidrs: Type.Array(line('', { pattern: CIDR }), {
          description:
            'Networks that may reach the admin paths; none closes them. At most two: a rule of the load balancer takes five values, and host and path take three',
          maxItems: 2,
        }),
        sslPolicy: line('TLS policy', { pattern: '^[A-Za-z0-9-]+$', maxLength: 128 }),
      }),
    },
    'The way in from outside, by the AWS load balancer controller',
  ),
  {
    enabled: false,
    className: 'alb',
    host: '',
    annotations: {},
    alb: {
      scheme: 'internet-facing',
      certificateArn: '',
      wafAclArn: '',
      inboundCidrs: ['0.0.0.0/0'],
      adminCidrs: ['10.0.0.0/8'],
      sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
    },
  },
);
