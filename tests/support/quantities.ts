const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  m: 0.001,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** A quantity of the API as a number. */
function amount(quantity: string | number | undefined): number {
  const match = /^(\d+(?:\.\d+)?)(m|Ki|Mi|Gi|Ti|)$/.exec(String(quantity));
  if (match === null) throw new Error(`no quantity: ${String(quantity)}`);
  return Number(match[1]) * (UNITS[match[2] ?? ''] ?? Number.NaN);
}

export const inBytes = amount;
export const inCores = amount;
