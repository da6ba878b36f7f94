import type { Json } from '../engine';

/** How much of each resource, as the scheduler counts: CPU in thousandths, all else in whole units. */
export type Amounts = Readonly<Record<string, number>>;

/** Every pod takes one of these. */
export const PODS = 'pods';

const QUANTITY = /^(\d*)(?:\.(\d*))?(?:([eE][+-]?\d+)|(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei))?$/;
const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const DECIMAL = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];

/** A quantity of the Kubernetes API, rounded up as the scheduler does; exact, since 1.1 CPU must not become 1101. */
export function amountOf(resource: string, quantity: Json): number | undefined {
  if (typeof quantity !== 'string' && typeof quantity !== 'number') return undefined;
  const match = QUANTITY.exec(String(quantity));
  const [, whole = '', fraction = '', exponent, suffix = ''] = match ?? [];
  const digits = whole + fraction;
  if (match === null || digits === '') return undefined;
  const binary = BINARY.indexOf(suffix) + 1;
  const power = exponent === undefined ? decimalPower(suffix) : Number(exponent.slice(1));
  const tens = power - fraction.length + (resource === 'cpu' ? 3 : 0);
  const value = BigInt(digits) * 1024n ** BigInt(binary);
  return Number(tens >= 0 ? value * 10n ** BigInt(tens) : dividedUp(value, 10n ** BigInt(-tens)));
}

function decimalPower(suffix: string): number {
  const place = DECIMAL.indexOf(suffix);
  return place === -1 ? 0 : (place - DECIMAL.indexOf('')) * 3;
}

function dividedUp(value: bigint, by: bigint): bigint {
  return (value + by - 1n) / by;
}

/** A list of resources as amounts; what is no quantity is refused by the API server too. */
export function amountsOf(quantities: Readonly<Record<string, Json>>): Amounts {
  return Object.fromEntries(
    Object.entries(quantities).flatMap(([resource, quantity]) => {
      const amount = amountOf(resource, quantity);
      return amount === undefined ? [] : [[resource, amount]];
    }),
  );
}

/** Resources that any of them has. */
function resourcesOf(all: readonly Amounts[]): string[] {
  return [...new Set(all.flatMap((amounts) => Object.keys(amounts)))];
}

/** Resource by resource. */
function combined(all: readonly Amounts[], combine: (amounts: readonly number[]) => number): Amounts {
  return Object.fromEntries(
    resourcesOf(all).map((resource) => [resource, combine(all.map((amounts) => amounts[resource] ?? 0))]),
  );
}

export function sumOf(all: readonly Amounts[]): Amounts {
  return combined(all, (amounts) => amounts.reduce((sum, amount) => sum + amount, 0));
}

export function largestOf(all: readonly Amounts[]): Amounts {
  return combined(all, (amounts) => Math.max(...amounts));
}

export function times(amounts: Amounts, factor: number): Amounts {
  return combined([amounts], ([amount = 0]) => amount * factor);
}

/** What is left, never less than nothing. */
export function minus(amounts: Amounts, taken: Amounts): Amounts {
  return Object.fromEntries(
    Object.entries(amounts).map(([resource, amount]) => [
      resource,
      Math.max(0, amount - (taken[resource] ?? 0)),
    ]),
  );
}

/** Whether there is room for something, in every resource that it asks for. */
export function fits(wanted: Amounts, room: Amounts): boolean {
  return Object.entries(wanted).every(([resource, amount]) => amount <= (room[resource] ?? 0));
}
