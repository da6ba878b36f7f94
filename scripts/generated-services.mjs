/** Services without end, for the benchmark: copies of ours under further names, which call each other. */

/**
 * An esbuild plugin that puts so many services in place of the index of lib/platform/services.
 * @param {number} count
 * @returns {import('esbuild').Plugin}
 */
export function generatedServices(count) {
  return {
    name: 'generated-services',
    setup(build) {
      build.onLoad({ filter: /[\\/]lib[\\/]platform[\\/]services[\\/]index\.ts$/ }, async ({ path }) => {
        const { readFile } = await import('node:fs/promises');
        const source = await readFile(path, 'utf8');
        return {
          contents: `${source.replace('export const services', 'const originals')}\n${copies(count)}`,
          loader: 'ts',
        };
      });
    },
  };
}

/** @param {number} count */
function copies(count) {
  return `
const names = new Set<string>(originals.map(({ name }) => name));
const copy = (record, round) => ({
  ...record,
  name: round === 0 ? record.name : record.name + '-' + round,
  calls: record.calls.map((called) => (round > 0 && names.has(called) ? called + '-' + round : called)),
});
export const services = Array.from({ length: ${count} }, (_, i) => copy(originals[i % originals.length], Math.floor(i / originals.length)));
`;
}
