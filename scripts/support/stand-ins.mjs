/**
 * Images that stand in for those that the chart asks for, under the same names and digests: a server that answers
 * every path, and the programs that the chart runs in them. curl, sh and mkdir are this machine's own.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { loadAll } from 'js-yaml';

/** Takes a configuration for good when its files are there and can be read. */
const MED = `#!/stand-in/sh
set -eu
[ "$1 $2 $3 $4" = "config validate --strict --config-dir" ]
for file in config.yaml policy.yaml config.schema.json; do
  [ -s "$5/$file" ]
done
`;
/** Writes where the cache of the hub is. */
const HF = `#!/stand-in/sh
set -eu
[ "$1" = download ]
mkdir -p "$HF_HOME/hub"
echo "$2" >"$HF_HOME/hub/model"
`;

/**
 * What a command needs in its image: paths with programs of this machine, and paths with scripts.
 * @typedef {{ programs?: Record<string, string>, scripts?: Record<string, string> }} Need
 *
 * What we read of objects and their pods.
 * @typedef {{ image: string, command?: string[] }} Container
 * @typedef {object} Specification
 * @property {Container[]} [containers]
 * @property {Container[]} [initContainers]
 * @property {{ spec?: Specification }} [template]
 * @property {{ spec: { template: { spec: Specification } } }} [jobTemplate]
 * @typedef {{ kind: string, spec?: Specification }} Manifest
 */

/**
 * What an image has to have in it, by the command that is run there; others are answered by the stub.
 * @type {Record<string, Need>}
 */
const CHART = {
  curl: { programs: { '/bin/curl': 'curl' } },
  med: { programs: { '/stand-in/sh': 'sh' }, scripts: { '/bin/med': MED } },
  sh: {
    programs: { '/bin/sh': 'sh', '/bin/mkdir': 'mkdir', '/stand-in/sh': 'sh' },
    scripts: { '/bin/hf': HF },
  },
};
const STUBS = ['vllm'];
const BY_THE_SHELL = {
  '/stand-in/sh': 'sh',
  ...Object.fromEntries(['sleep', 'mkdir', 'dd'].map((name) => [`/bin/${name}`, name])),
};
/**
 * The same for the pods of flows: all their programs are this script.
 * @param {string} script
 * @returns {Record<string, Need>}
 */
export const stepPrograms = (script) =>
  Object.fromEntries(
    ['med', 'python3'].map((name) => [
      name,
      { programs: BY_THE_SHELL, scripts: { [`/bin/${name}`]: script } },
    ]),
  );

/**
 * The commands that are run in each image of the pods in a stream of manifests; none is the image's own.
 * @param {string} manifests
 */
export function imagesIn(manifests) {
  /** @type {Map<string, Set<string>>} */
  const images = new Map();
  // As Helm renders them; between two lines of dashes there may be nothing.
  const documents = /** @type {(Manifest | null)[]} */ (loadAll(manifests));
  for (const { initContainers = [], containers = [] } of documents.flatMap(podsOf))
    for (const { image, command = [] } of [...initContainers, ...containers])
      images.set(image, new Set([...(images.get(image) ?? []), ...command.slice(0, 1)]));
  return images;
}

/** @param {Manifest | null | undefined} manifest */
function podsOf(manifest) {
  const { kind, spec } = manifest ?? {};
  const pod = kind === 'Pod' ? spec : (spec?.jobTemplate?.spec.template.spec ?? spec?.template?.spec);
  return pod?.containers === undefined ? [] : [pod];
}

/**
 * What `images` of ../shared/real-node takes for these images: the name alone for the stub, otherwise an archive.
 * @param {Map<string, Set<string>>} images
 * @param {string} stub
 * @param {string} folder
 */
export function standIns(images, stub, folder, needed = CHART) {
  return [...images].map(([name, commands], number) => {
    const unknown = [...commands].filter((command) => !(command in needed) && !STUBS.includes(command));
    if (unknown.length > 0) throw new Error(`nothing stands in for ${unknown.join(', ')} in ${name}`);
    const needs = [...commands].flatMap((command) => needed[command] ?? []);
    return needs.length === 0 ? name : pack(name, needs, stub, join(folder, String(number)));
  });
}

/**
 * Writes an OCI archive with one layer.
 * @param {string} name
 * @param {Need[]} needs
 * @param {string} stub
 * @param {string} folder
 */
function pack(name, needs, stub, folder) {
  const root = join(folder, 'root');
  mkdirSync(join(root, 'tmp'), { recursive: true });
  put(root, '/stub', stub);
  mkdirSync(join(root, 'bin'));
  for (const link of ['stub', ...STUBS]) symlinkSync('/stub', join(root, 'bin', link));
  for (const { programs = {}, scripts = {} } of needs) {
    for (const [path, program] of Object.entries(programs)) putProgram(root, path, program);
    for (const [path, text] of Object.entries(scripts)) {
      writeFileSync(join(root, path), text);
      chmodSync(join(root, path), 0o755);
    }
  }
  return archive(name, root, folder);
}

/**
 * @param {string} root
 * @param {string} path
 * @param {string} source
 */
function put(root, path, source) {
  const target = join(root, path);
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(source, target);
  chmodSync(target, 0o755);
}

/**
 * A program of this machine, and the libraries that it is linked with.
 * @param {string} root
 * @param {string} path
 * @param {string} program
 */
function putProgram(root, path, program) {
  const source = execFileSync('which', [program], { encoding: 'utf8' }).trim();
  put(root, path, source);
  const libraries = execFileSync('ldd', [source], { encoding: 'utf8' });
  for (const [library] of libraries.matchAll(/\/\S+(?= \(0x)/g)) put(root, library, library);
}

/**
 * @param {string} name
 * @param {string} root
 * @param {string} folder
 */
function archive(name, root, folder) {
  const oci = join(folder, 'oci');
  const blobs = join(oci, 'blobs/sha256');
  mkdirSync(blobs, { recursive: true });
  const blob = (/** @type {string} */ file, /** @type {string} */ mediaType) => {
    const digest = createHash('sha256').update(readFileSync(file)).digest('hex');
    const { size } = statSync(file);
    renameSync(file, join(blobs, digest));
    return { mediaType, digest: `sha256:${digest}`, size };
  };
  const document = (/** @type {object} */ content, /** @type {string} */ mediaType) => {
    const file = join(folder, 'document');
    writeFileSync(file, JSON.stringify(content));
    return blob(file, mediaType);
  };
  const tar = ['--sort=name', '--owner=0', '--group=0', '--numeric-owner', '--mtime=@0', '-cf'];
  execFileSync('tar', ['-C', root, ...tar, join(folder, 'layer'), '.']);
  const type = 'application/vnd.oci.image';
  const layer = blob(join(folder, 'layer'), `${type}.layer.v1.tar`);
  const config = document(
    {
      architecture: process.arch === 'x64' ? 'amd64' : process.arch,
      os: 'linux',
      config: { Entrypoint: ['/stub'], Env: ['PATH=/bin'] },
      rootfs: { type: 'layers', diff_ids: [layer.digest] },
    },
    `${type}.config.v1+json`,
  );
  const manifest = document(
    { schemaVersion: 2, mediaType: `${type}.manifest.v1+json`, config, layers: [layer] },
    `${type}.manifest.v1+json`,
  );
  const annotations = { 'io.containerd.image.name': name };
  const index = { schemaVersion: 2, manifests: [{ ...manifest, annotations }] };
  writeFileSync(join(oci, 'index.json'), JSON.stringify(index));
  writeFileSync(join(oci, 'oci-layout'), '{"imageLayoutVersion": "1.0.0"}');
  execFileSync('tar', ['-C', oci, '-cf', `${folder}.tar`, '.']);
  return `${folder}.tar`;
}
