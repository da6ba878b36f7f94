import { awsAccess, awsAssumptions } from '../platform/aws';
import { egressHosts } from '../platform/egress';
import { retryClasses } from '../platform/flows/retries';
import { sourceAssumptions } from '../platform/flows/sources';
import { exitCodes, stepAssumptions, steps } from '../platform/flows/steps';
import type { Assumption, ServiceRecord } from '../platform/model';
import { externalSettings } from '../platform/peers';
import { secretKeys } from '../platform/secrets';
import { serviceInRole, services } from '../platform/services';
import { retentionDays, TOPIC_COMPRESSION, topicAssumptions, topics } from '../platform/topics';

/** `docs/application-contract.md`: what the application has to provide, and what we assumed where it does not say. */
export function applicationContract(records: readonly ServiceRecord[] = services): string {
  return [
    '# What the application has to provide',
    '',
    '<!-- Made from lib/platform by `npm run docs`; a test fails when it is stale. -->',
    '',
    'The chart starts the programs below, probes them and scrapes them. Where the application does not say how, the last',
    'table of a service names what was assumed: it holds until the application says otherwise.',
    '',
    '## Every image',
    '',
    '- runs as a numeric user that is not root, on a read-only file system, and writes to the listed directories only;',
    '- ends within its grace period after SIGTERM, and answers until then;',
    '- writes its log to standard output.',
    '',
    '## Configuration and secrets',
    '',
    '- `/etc/medkg` holds `config.yaml`, `policy.yaml` and `config.schema.json`. The services load that directory: today',
    '  `create_app()` reads the one in its package, and the variable `CONFIG` is never read.',
    '- `med config validate --strict --config-dir /etc/medkg` exits with 0 for a good configuration: it runs before each',
    '  install and upgrade.',
    ...endpoints(),
    '- Secrets are variables. With the Vault agent they are lines `KEY=value` of the file that `MEDKG_SECRETS_FILE` names.',
    '',
    '| key | what it is |',
    '| --- | --- |',
    ...Object.entries(secretKeys).map(([key, meaning]) => `| \`${key}\` | ${meaning} |`),
    ...topicSection(),
    ...bucketSection(),
    ...stepSection(),
    ...hostSection(),
    ...records.flatMap(section),
    '',
  ].join('\n');
}

/** How a service learns where those are whom it calls. */
function endpoints(): string[] {
  const variables = externalSettings.map(({ variable }) => `\`${variable}\``);
  return wrapped([
    '- `CONFIG_ENV` names the environment. Endpoints of other services come as `MEDKG_<SERVICE>_URL`, and as',
    `\`${serviceInRole('embedder').addressVariable}\` for the embeddings; the stores as`,
    `${variables.slice(0, -1).join(', ')} and ${variables.slice(-1).join('')}.`,
  ]);
}

/** An item of a list, in lines of 120 characters. */
function wrapped(texts: readonly string[]): string[] {
  const [first = '', ...words] = texts.join(' ').split(' ');
  return words.reduce<string[]>(
    (lines, word) => {
      const line = `${lines.at(-1) ?? ''} ${word}`;
      return line.length <= 120 ? [...lines.slice(0, -1), line] : [...lines, `  ${word}`];
    },
    [first],
  );
}

function section(record: ServiceRecord): string[] {
  return [
    '',
    `## ${record.name}`,
    '',
    `${record.description}.`,
    '',
    '| what | value |',
    '| --- | --- |',
    `| image | \`${imageOf(record)}\` |`,
    `| command | ${code([...record.command, ...record.args]) || 'the entry point of the image'} |`,
    `| port | ${record.port.container}, named http |`,
    `| health | \`GET ${record.health.underBasePath ? '<api.basePath>' : ''}${record.health.path}\` answers 200 within ${record.probes.readiness.timeoutSeconds} s |`,
    `| start | within ${record.probes.startup.periodSeconds * record.probes.startup.failureThreshold} s |`,
    `| metrics | \`GET ${record.metricsPath}\` |`,
    `| writes to | ${code(record.scratch.map(({ mountPath }) => mountPath))} |`,
    `| configuration | ${record.configuration ? '`/etc/medkg`' : 'none'} |`,
    `| secrets | ${code(record.secrets) || 'none'} |`,
    `| calls | ${record.calls.join(', ') || 'nobody'} |`,
    ...assumptions(record.assumptions),
  ];
}

function topicSection(): string[] {
  return [
    '',
    '## Topics of Kafka',
    '',
    `Brokers make no topic by themselves. Messages are compressed with ${TOPIC_COMPRESSION}.`,
    '',
    '| topic | partitions | days kept | written by | read by |',
    '| --- | --- | --- | --- | --- |',
    ...topics.map(
      ({ name, partitions, retention, writers, readers }) =>
        `| \`${name}\` | ${partitions} | ${retentionDays[retention]} | ${writers.join(', ')} | ${readers.join(', ') || 'nobody yet'} |`,
    ),
    ...assumptions(topicAssumptions),
  ];
}

function bucketSection(): string[] {
  const rows = services.flatMap(({ name }) => {
    const access = awsAccess(name);
    return access === undefined || access.readsBuckets.length === 0
      ? []
      : [`| ${name} | ${access.readsBuckets.join(', ')} | ${access.writesBuckets.join(', ') || 'nothing'} |`];
  });
  return [
    '',
    '## Buckets',
    '',
    'A service logs in to AWS as itself: the usual clients find the way by the variables that EKS sets in its pods.',
    '',
    '| service | reads | writes |',
    '| --- | --- | --- |',
    ...rows,
    ...assumptions(awsAssumptions),
  ];
}

function stepSection(): string[] {
  return [
    '',
    '## Steps of flows',
    '',
    'Each runs as its service, with the image, the secrets and the configuration of that, to its end. Flows add the',
    'arguments that docs/flows.md names.',
    '',
    '| step | what | service | command | attempts | seconds at most |',
    '| --- | --- | --- | --- | --- | --- |',
    ...steps.map(
      ({ name, description, service, command, retryClass, deadlineSeconds }) =>
        `| \`${name}\` | ${description} | ${service} | \`${command.join(' ').replaceAll('|', '\\|')}\` | ${retryClasses[retryClass].attempts} | ${deadlineSeconds} |`,
    ),
    '',
    `Exit codes: 0 done; ${exitCodes.noGpu.join(', ')} no GPU; ${exitCodes.fatal.join(', ')} not to be tried again; all others may be gone at`,
    'the next attempt.',
    ...assumptions([...stepAssumptions, ...sourceAssumptions]),
  ];
}

function hostSection(): string[] {
  return [
    '',
    '## Hosts on the internet',
    '',
    'All by HTTPS, and no others: a firewall looks at the name. A host that is assumed is known in general; the',
    'application does not name it.',
    '',
    '| host | what | service | known from |',
    '| --- | --- | --- | --- |',
    ...egressHosts
      .filter(({ purpose }) => purpose === 'application')
      .map(
        ({ host, what, services: needing, assumed }) =>
          `| \`${host}\` | ${what} | ${needing.join(', ')} | ${assumed === true ? 'assumed' : 'the application'} |`,
      ),
  ];
}

function assumptions(taken: readonly Assumption[]): string[] {
  if (taken.length === 0) return [];
  return [
    '',
    '| not said by the application | assumed |',
    '| --- | --- |',
    ...taken.map((one) => `| ${one.what} | ${one.taken} |`),
  ];
}

function imageOf({ image }: ServiceRecord): string {
  return image.registry === undefined
    ? `<registry>/<prefix>${image.repository}`
    : `${image.registry}/${image.repository}`;
}

function code(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join(', ');
}
