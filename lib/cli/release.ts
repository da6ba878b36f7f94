import { InvalidArgumentError } from 'commander';
import { chartMetadata } from '../render';

/** Helm's own rule for the names of releases. */
const RELEASE = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const VERSION = /^v?(\d+)\.(\d+)(\.\d+)?([-+][0-9A-Za-z.+-]+)?$/;

/** A name that Helm takes for a release. */
export function releaseName(text: string): string {
  if (text.length > 53) throw new InvalidArgumentError('The name of a release has at most 53 characters.');
  if (!RELEASE.test(text))
    throw new InvalidArgumentError(
      'The name of a release is lower-case letters, digits, dashes and dots, with a letter or digit at both ends.',
    );
  return text;
}

/** A name that Kubernetes takes for a namespace. */
export function namespaceName(text: string): string {
  if (text.length > 63) throw new InvalidArgumentError('A namespace has at most 63 characters.');
  if (!LABEL.test(text))
    throw new InvalidArgumentError(
      'A namespace is lower-case letters, digits and dashes, with a letter or digit at both ends.',
    );
  return text;
}

/** A version of Kubernetes that the chart accepts; nothing that is rendered depends on it. */
export function kubeVersion(text: string): string {
  const match = VERSION.exec(text);
  if (match === null)
    throw new InvalidArgumentError('A version looks like 1.36, v1.36.2 or 1.33.0-eks-1234.');
  const constraint = chartMetadata.kubeVersion;
  const least = /(\d+)\.(\d+)/.exec(constraint);
  const isOld =
    Number(match[1]) < Number(least?.[1]) ||
    (Number(match[1]) === Number(least?.[1]) && Number(match[2]) < Number(least?.[2]));
  if (isOld)
    throw new InvalidArgumentError(
      `The chart needs Kubernetes ${least?.[0] ?? ''} or newer (kubeVersion: ${constraint}).`,
    );
  return text;
}
