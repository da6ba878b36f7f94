import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { awsAccess } from '../../../lib/platform/aws';
import { egressHosts, imageRegistries } from '../../../lib/platform/egress';
import { services } from '../../../lib/platform/services';
import { topics } from '../../../lib/platform/topics';
import { containersOf, records, rendered, variants } from '../../support/platform';

/** The registry in the name of an image, as the container runtime reads it. */
function registryOf(image: string): string {
  const [first = '', ...rest] = image.split('/');
  return rest.length > 0 && /[.:]|^localhost$/.test(first) ? first : 'docker.io';
}

/** Registries of images, that is, whose hosts the way out does not know. */
function unlisted(images: readonly string[]): string[] {
  const listed = new Set(egressHosts.map(({ host }) => host));
  return images.filter((image) => {
    const registry = registryOf(image);
    const hosts = imageRegistries[registry] ?? [];
    // The one registry that is not served under its own name.
    const served = registry === 'docker.io' ? 'registry-1.docker.io' : registry;
    return ![served, ...hosts].every((host) => listed.has(host));
  });
}

/** Images in documents: in the tables of services, in manifests and commands, or with a tag. */
const IMAGES_IN_TEXT = [
  /^\| image \| `([^`<]+)`/gm,
  /(?:image:|docker pull|crane copy) +"?([\w.-]+(?:\/[\w.-]+)+(?:[:@][\w.:-]+)?)/g,
  /`((?:[\w-]+\.)+[a-z]+\/[\w./-]+(?::[\w.-]+|@sha256:[0-9a-f]{64}))`/g,
];

/** Everything that people read, beside the code too. */
function documents(): string[] {
  const checkout = join(__dirname, '../../..');
  const below = (folder: string): string[] =>
    readdirSync(join(checkout, folder), { recursive: true, encoding: 'utf8' }).map(
      (path) => `${folder}/${path}`,
    );
  return ['README.md', ...['docs', 'helm', 'terraform'].flatMap(below)]
    .filter((path) => path.endsWith('.md') && !path.includes('/.terraform/'))
    .map((path) => join(checkout, path));
}

describe('the way out', () => {
  test('knows the hosts of a registry by the name of an image', () => {
    expect(unlisted(['vllm/vllm-openai:v1', 'ghcr.io/a/b:1', 'quay.io/a/b:1', 'localhost/a:1'])).toEqual([
      'quay.io/a/b:1',
      'localhost/a:1',
    ]);
  });

  test.each(variants)('knows the registry of every image: %s', (_name, platform) => {
    const images = platform
      .pods()
      .flatMap(({ template }) => containersOf(template).map(({ image }) => image));
    expect(images.length).toBeGreaterThan(8);
    expect(unlisted(images)).toEqual([]);
  });

  test('knows the registry of every image that the documents name', () => {
    const texts = documents().map((path) => readFileSync(path, 'utf8'));
    const images = texts.flatMap((text) =>
      IMAGES_IN_TEXT.flatMap((pattern) => [...text.matchAll(pattern)].map(([, image = '']) => image)),
    );
    expect(images.length).toBeGreaterThan(0);
    // A name under example.com stands for one of the reader's own.
    expect(unlisted(images.filter((image) => !registryOf(image).endsWith('.example.com')))).toEqual([]);
  });

  test('names each host once, by its name alone', () => {
    const names = egressHosts.map(({ host }) => host);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names)
      expect(name.replaceAll('{region}', 'us-east-1')).toMatch(
        /^\.?([a-z0-9]([-a-z0-9]*[a-z0-9])?\.)+[a-z]+$/,
      );
  });

  test('is open in the chart for each service that needs it', () => {
    for (const { services: needing } of egressHosts)
      for (const name of needing) {
        const record = records.find((one) => one.name === name);
        // The Job that fetches a model may call out in place of its server.
        expect([name, record?.calls.includes('internet') === true || record?.vllm !== undefined]).toEqual([
          name,
          true,
        ]);
      }
  });
});

describe('topics', () => {
  test('have a name of their own that Kafka takes', () => {
    // A dot and an underscore are the same in the names of metrics.
    const names = topics.map(({ name }) => name.replaceAll('.', '_'));
    expect(new Set(names).size).toBe(names.length);
    for (const { name } of topics) expect(name).toMatch(/^[a-z0-9._]{1,249}$/);
  });

  test('are written and read by services that call Kafka', () => {
    for (const { writers, readers } of topics)
      for (const name of [...writers, ...readers])
        expect([name, records.find((one) => one.name === name)?.calls.includes('kafka')]).toEqual([
          name,
          true,
        ]);
  });

  test('have a partition for each pod that may read', () => {
    // Of config.updates every pod reads every message.
    for (const { name, partitions, readers } of topics.filter((topic) => topic.name !== 'config.updates'))
      for (const { name: reader, scaling } of services.filter((one) => readers.includes(one.name)))
        expect([name, reader, partitions >= scaling.maxReplicas]).toEqual([name, reader, true]);
  });

  test('leave out no service that calls Kafka', () => {
    const named = new Set<string>(topics.flatMap(({ writers, readers }) => [...writers, ...readers]));
    expect(records.filter(({ calls }) => calls.includes('kafka')).map(({ name }) => name)).toEqual(
      records.map(({ name }) => name).filter((name) => named.has(name)),
    );
  });
});

describe('access to AWS', () => {
  test('is given to buckets where the chart tells the object store, and nowhere else', () => {
    const told = rendered.prod
      .pods()
      .filter(({ template }) =>
        containersOf(template).some(({ env }) => env?.some(({ name }) => name === 'OBJECT_STORE_URI')),
      )
      .map(({ component }) => component);
    const given = services.filter(({ name }) => (awsAccess(name)?.readsBuckets.length ?? 0) > 0);
    expect(given.map(({ name }) => name).sort()).toEqual(told.sort());
  });

  test('is open in the chart for those who have some, and for nobody else', () => {
    for (const { name } of services)
      expect([name, records.find((one) => one.name === name)?.calls.includes('aws')]).toEqual([
        name,
        awsAccess(name) !== undefined,
      ]);
  });

  test('is nothing for the model servers', () => {
    expect([awsAccess('splade'), awsAccess('qwen-embed-vllm')]).toEqual([undefined, undefined]);
  });

  test('names the topics of a service', () => {
    expect(awsAccess('ingest')).toMatchObject({
      readsTopics: ['ingest.requests.v1', 'config.updates'],
      writesTopics: ['ingest.results.v1', 'audit.events.v1'],
    });
  });
});
