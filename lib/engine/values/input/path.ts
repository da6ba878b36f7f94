/** A path for people: `a.b[0]`, with quotes around keys that need them. */
export function pathText(path: readonly (string | number)[]): string {
  return path.map(stepText).join('').replace(/^\./, '');
}

function stepText(step: string | number): string {
  if (typeof step === 'number') return `[${step}]`;
  return /^[\w-]+$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
}
