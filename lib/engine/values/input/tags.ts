import { resolvePlain, type Resolved } from './scalars';

const prefix = 'tag:yaml.org,2002:';

/** A scalar as it is written. */
export interface WrittenScalar {
  text: string;
  /** Whether it stands without quotes. */
  plain: boolean;
  /** Its tag, in full, if it has one. */
  tag: string | undefined;
}

/** What a scalar stands for, or why it stands for nothing. */
export function resolveScalar(scalar: WrittenScalar): Resolved | { kind: 'invalid'; message: string } {
  const { text, plain, tag } = scalar;
  if (tag === undefined) return plain ? resolvePlain(text) : { kind: 'string', value: text };
  const name = tag.startsWith(prefix) ? tag.slice(prefix.length) : undefined;
  if (name === 'binary') return binary(text);
  if (name === 'timestamp')
    return { kind: 'invalid', message: 'the tag !!timestamp is not supported: use a string.' };
  return typed(name, text) ?? { kind: 'invalid', message: `${JSON.stringify(text)} is no !!${name ?? ''}.` };
}

/** The value under a tag; quotes do not count under a tag, and unknown tags leave a string. */
function typed(tag: string | undefined, text: string): Resolved | undefined {
  if (tag === undefined || !['null', 'bool', 'int', 'float'].includes(tag))
    return { kind: 'string', value: text };
  const resolved = resolvePlain(text);
  if (tag === 'float' && resolved.kind === 'int') return resolved;
  return resolved.kind === tag ? resolved : undefined;
}

function binary(text: string): Resolved | { kind: 'invalid'; message: string } {
  const data = text.replaceAll(/[\r\n]/g, '');
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(data)) {
    return { kind: 'invalid', message: 'the !!binary value is no base64 text.' };
  }
  try {
    return {
      kind: 'string',
      value: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(data, 'base64')),
    };
  } catch {
    return {
      kind: 'invalid',
      message: 'the !!binary value holds bytes which are no UTF-8 text; JSON cannot carry them.',
    };
  }
}
