import { limits } from './limits';

/** Counts decoded values, as go-yaml v2 does, to stop alias bombs. */
export class Budget {
  private decoded = 1;
  private aliased = 0;
  private aliasDepth = 0;

  /** Counts one value; returns a sentence when there are too many. */
  count(): string | undefined {
    this.decoded += 1;
    if (this.aliasDepth > 0) this.aliased += 1;
    return this.tooMany() || this.tooDense()
      ? `aliases make more than ${limits.maxAliasCount} values, or nearly all of this document (limit maxAliasCount).`
      : undefined;
  }

  /** Runs a function for the target of an alias. */
  throughAlias<T>(decode: () => T): T {
    this.aliasDepth += 1;
    try {
      return decode();
    } finally {
      this.aliasDepth -= 1;
    }
  }

  private tooMany(): boolean {
    return this.aliased > limits.maxAliasCount;
  }

  /** Helm's own limit: more than 99 % of a document that is not tiny. */
  private tooDense(): boolean {
    return this.aliased > 100 && this.decoded > 1000 && this.aliased / this.decoded > 0.99;
  }
}
