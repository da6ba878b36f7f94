/** Says how far it is: on one line of a terminal, and as a line every few seconds elsewhere. */
export class Progress {
  private shown = Date.now();
  private readonly interval = process.stderr.isTTY ? 100 : 10_000;

  constructor(
    private readonly label: string,
    private readonly total: number,
  ) {}

  show(done: number, note: string): void {
    if (Date.now() - this.shown < this.interval && done < this.total) return;
    this.shown = Date.now();
    const line = `${this.label} ${done}/${this.total} ${note}`;
    process.stderr.write(process.stderr.isTTY ? `\r\u001b[K${line}` : `${line}\n`);
    if (done === this.total && process.stderr.isTTY) process.stderr.write('\n');
  }
}
