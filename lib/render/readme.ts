/** README.md of the chart. */
export function chartReadme(environments: readonly string[]): string {
  return `# medical-kg\n\n${environments.join(', ')}\n`;
}
