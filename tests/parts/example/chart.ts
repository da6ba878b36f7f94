import { chartFacts } from '../../../lib/charts/chart-facts';
import { insideGroups, insideHelpers, insideRules } from '../../../lib/charts/inside';
import { defineChart, group, integer, quantity, TemplateFolder } from '../../../lib/engine';
import { wholeImage } from '../../../lib/values/service/container';
import { Cache } from './stateful-set';

const chart = defineChart({
  facts: { ...chartFacts, name: 'example', appVersion: '8.1.4' },
  metadata: { description: 'A cache in the cluster' },
  values: {
    ...insideGroups,
    image: group(wholeImage, {
      registry: 'docker.io',
      repository: 'valkey/valkey',
      tag: '8.1.4-alpine',
      digest: '',
    }),
    replicas: group(integer('Pods', 1, 9), 1),
    memory: group(quantity('Memory of each pod, request and limit'), '256Mi'),
  },
});

/** The chart of the cache: it can be installed alone too. */
export const cache = chart.describe({
  objects: (app) => new Cache(new TemplateFolder(app, 'cache'), chart.values),
  helpers: insideHelpers,
  rules: insideRules,
});
