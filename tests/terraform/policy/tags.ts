import { at } from '../support/plan';
import { PROD, type Rule } from './rule';

/** What says whose a thing is, in every root. */
const TAGS = ['Project', 'ManagedBy', 'Root'];

export const taggedEverywhere: Rule = {
  name: 'whatever takes tags says whose it is',
  judges: (plan) => plan.resources.filter(({ values }) => 'tags_all' in values),
  problem: ({ values }) => {
    const missing = TAGS.filter((tag) => at(values, `tags_all.${tag}`) === undefined);
    return missing.length === 0 ? undefined : `without ${missing.join(', ')}`;
  },
  mutation: {
    root: PROD,
    file: 'environments/prod/cloud/main.tf',
    from: '    ManagedBy   = "terraform"\n',
    to: '',
    finds: 'module.vpc.aws_vpc.this',
  },
};

export const namedEverywhere: Rule = {
  name: 'whatever takes tags has a name',
  judges: (plan) => plan.resources.filter(({ values }) => 'tags_all' in values),
  problem: ({ values }) => (at(values, 'tags_all.Name') === undefined ? 'it has no name' : undefined),
  mutation: {
    root: PROD,
    file: 'modules/vpc/flow-logs.tf',
    from: '  tags = { Name = var.name }\n',
    to: '',
    finds: 'module.vpc.aws_flow_log.this',
  },
};
