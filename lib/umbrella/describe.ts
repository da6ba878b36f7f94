import { type Description, type Line, describeChart } from '../engine';
import { chartFacts, chartMetadata } from '../charts/chart-facts';
import { chartFiles } from '../charts/configuration/helpers';
import { ConfigurationChart } from '../charts/configuration-chart';
import { FlowsChart } from '../charts/flows';
import { fromFlows } from '../charts/flows/network';
import { coreNotes } from '../charts/notes';
import { platformCharts } from '../charts/platform-chart';
import { ServiceChart } from '../charts/service-chart';
import { values } from '../charts/values';
import { ENVIRONMENTS } from '../platform/environments';
import { allServices, type Service } from '../platform/services';
import { catalogue } from './catalogue';
import { helpers } from './helpers';
import { ends, everyPart, subcharts } from './parts';
import { allRules } from './rules';

/** The one description of the platform: its objects are synthesised once, in the order of the services. */
export function describePlatform(records: readonly Service[] = allServices()): Description {
  return describeChart(
    { facts: chartFacts, metadata: chartMetadata, catalogue, subcharts },
    {
      objects: (app) => {
        for (const record of records) new ServiceChart(app, record, ends, fromFlows);
        new ConfigurationChart(app);
        platformCharts(app);
        new FlowsChart(app, ends);
      },
      valuesFile: { more: FILES, notes: NOTES, spaced: ['services'] },
      helpers,
      rules: allRules,
      notes: [...coreNotes(ends), ...partNotes()],
      files: chartFiles,
      extraObjects: values.extraObjects,
    },
  );
}

/** What the parts tell. */
function partNotes(): Line[] {
  return everyPart.flatMap((part) => part.notes);
}

const NAMES = ENVIRONMENTS.map((name) => `values-${name}.yaml`);
const FILES = `The files ${NAMES.slice(0, -1).join(', ')} and ${NAMES.at(-1)} hold what differs.`;

/** Said once, above what many parts have in common. */
const NOTES = {
  services:
    "Each may have every knob under `defaults` too: maps merge, lists are joined, of scalars the service's is taken.",
};
