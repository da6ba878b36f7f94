import { chartFacts } from '../../lib/render';

/**
 * A text without what changes with each release and says nothing about the change itself: versions and checksums.
 * Everything else that differs is for a reviewer to see.
 */
export function timeless(text: string): string {
  return text
    .replaceAll(`helm.sh/chart: medical-kg-${chartFacts.version}`, 'helm.sh/chart: medical-kg-<version>')
    .replace(/^(\s*checksum\/[a-z-]+: )"?[0-9a-f]{64}"?$/gm, '$1<checksum>')
    .replace(/(-prefetch-)[0-9a-f]{8}$/gm, '$1<hash>')
    .replace(/^(\s*app\.kubernetes\.io\/version: ).*$/gm, '$1<app version>')
    .replace(
      new RegExp(`(image: ghcr\\.io/\\S+:)${escaped(chartFacts.appVersion)}$`, 'gm'),
      '$1<app version>',
    );
}

function escaped(text: string): string {
  return text.replace(/[.+]/g, '\\$&');
}
