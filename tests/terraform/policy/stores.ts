import { at, texts, type Json, type Resource } from '../support/plan';
import { PROD, type Rule } from './rule';

/** Where a kind of store says in which subnets it lies. */
const STORES: Readonly<Record<string, (values: Resource['values']) => Json | undefined>> = {
  aws_db_subnet_group: (values) => values.subnet_ids,
  aws_efs_mount_target: (values) => values.subnet_id,
  aws_elasticache_subnet_group: (values) => values.subnet_ids,
  // Machines of their own are those of Neo4j; nodes come from launch templates.
  aws_instance: (values) => values.subnet_id,
  aws_msk_cluster: (values) => at(values, 'broker_node_group_info.0.client_subnets'),
  aws_opensearch_domain: (values) => at(values, 'vpc_options.0.subnet_ids'),
};

export const storesInDataSubnets: Rule = {
  name: 'stores lie in data subnets',
  judges: (plan) => plan.of(...Object.keys(STORES)),
  problem: ({ type, values }, plan) => {
    const subnets = texts(STORES[type]?.(values));
    const tiers = subnets.map((id) => {
      const subnet = plan.of('aws_subnet').find((one) => one.values.id === id);
      return at(subnet?.values ?? null, 'tags.Tier');
    });
    if (subnets.length === 0) return 'it lies in no subnet of ours';
    return tiers.every((tier) => tier === 'data')
      ? undefined
      : `it lies in ${tiers.flatMap((tier) => texts(tier)).join(', ')}`;
  },
  mutation: {
    root: PROD,
    file: 'environments/prod/cloud/neo4j.tf',
    from: 'subnet_ids                  = module.vpc.data_subnet_ids',
    to: 'subnet_ids                  = module.vpc.private_subnet_ids',
    finds: 'module.neo4j.aws_instance.this["primary-1"]',
  },
};
