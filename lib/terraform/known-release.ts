import { type Json, isJsonObject } from '../engine';
import type { Release } from '../engine/renderers';

/** The release that a file of facts was made for, as far as it says so. */
export function releaseIn(text: string): Partial<Release> {
  const facts = parsed(text);
  if (!isJsonObject(facts)) return {};
  const { release, namespace } = facts;
  return {
    ...(typeof release === 'string' ? { name: release } : {}),
    ...(typeof namespace === 'string' ? { namespace } : {}),
  };
}

/** A file that cannot be read says nothing: it will be replaced, or found to be stale. */
function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
