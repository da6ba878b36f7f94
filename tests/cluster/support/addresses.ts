/** Arithmetic with addresses of IP version 4, so that two ways to write the same networks are equal. */

/** Consecutive addresses, as numbers, both ends included. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

/** A network, and the networks inside of it that do not belong. */
export interface Block {
  readonly cidr: string;
  readonly except: readonly string[];
}

/** All addresses of some blocks: sorted, disjoint, as few ranges as there can be. */
export function rangesOf(blocks: readonly Block[]): Range[] {
  return merged(
    blocks.flatMap(({ cidr, except }) =>
      except
        .map(network)
        .reduce<Range[]>((left, hole) => left.flatMap((range) => without(range, hole)), [network(cidr)]),
    ),
  );
}

/** Joins what overlaps or touches. */
export function merged(ranges: readonly Range[]): Range[] {
  const result: Range[] = [];
  for (const range of [...ranges].sort((a, b) => a.first - b.first)) {
    const last = result.at(-1);
    if (last !== undefined && range.first <= last.last + 1)
      result[result.length - 1] = { first: last.first, last: Math.max(last.last, range.last) };
    else result.push(range);
  }
  return result;
}

function without(range: Range, hole: Range): Range[] {
  return [
    { first: range.first, last: Math.min(range.last, hole.first - 1) },
    { first: Math.max(range.first, hole.last + 1), last: range.last },
  ].filter(({ first, last }) => first <= last);
}

function network(cidr: string): Range {
  const [address = '', bits = '32'] = cidr.split('/');
  const size = 2 ** (32 - Number(bits));
  const first = Math.floor(numberOf(address) / size) * size;
  return { first, last: first + size - 1 };
}

const RANGE = /^(\d+(?:\.\d+){3})(?:-(\d+(?:\.\d+){3}))?$/;

/** `10.0.0.0-10.0.255.255`, or one address; nothing when it is something else. */
export function parseRange(text: string): Range | undefined {
  const [, first, last = first] = RANGE.exec(text) ?? [];
  return first === undefined || last === undefined
    ? undefined
    : { first: numberOf(first), last: numberOf(last) };
}

export function textOf({ first, last }: Range): string {
  return first === last ? addressOf(first) : `${addressOf(first)}-${addressOf(last)}`;
}

function numberOf(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

function addressOf(number: number): string {
  return [24, 16, 8, 0].map((bits) => Math.floor(number / 2 ** bits) % 256).join('.');
}
