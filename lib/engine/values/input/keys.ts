import type { Resolved } from './scalars';

/** The string that a key becomes in JSON, or undefined when Helm has none for it. */
export function keyText(key: Resolved): string | undefined {
  if (key.kind === 'null') return undefined;
  if (key.kind === 'int')
    return key.value < 2n ** 63n && key.value >= -(2n ** 63n) ? String(key.value) : undefined;
  return key.kind === 'float' ? floatKey(key.value) : String(key.value);
}

/** A float as Helm writes it in a key: the shortest digits which give the same 32-bit float, exponents from 6 on. */
function floatKey(value: number): string {
  const single = Math.fround(value);
  if (Number.isNaN(single)) return '.nan';
  if (!Number.isFinite(single)) return single > 0 ? '.inf' : '-.inf';
  return Object.is(single, -0) ? '-0' : shortest(single);
}

function shortest(single: number): string {
  let digits = 1;
  while (Math.fround(Number(single.toExponential(digits - 1))) !== single) digits += 1;
  const [mantissa = '', power = '0'] = single.toExponential(digits - 1).split('e');
  const exponent = Number(power);
  if (exponent >= -4 && exponent < 6) return plainDigits(mantissa, exponent);
  const sign = exponent < 0 ? '-' : '+';
  return `${mantissa}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** Mantissa and exponent as digits with a point, without an exponent. */
function plainDigits(mantissa: string, exponent: number): string {
  const sign = mantissa.startsWith('-') ? '-' : '';
  const digits = mantissa.replaceAll(/[-.]/g, '');
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  const fraction = digits.slice(exponent + 1);
  return fraction === '' ? sign + whole : `${sign}${whole}.${fraction}`;
}
