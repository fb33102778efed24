import { didYouMean } from '../src/settings/nearest.ts';

/** Something the user wrote that cannot be used: names the option, the value and what is allowed. Ends with exit code 2. */
export class UsageError extends Error {
  /** @param words those that the value may have been meant for: the nearest is named */
  constructor(option: string, value: string, allowed: string, words: readonly string[] = []) {
    super(`${option}: “${value}” is not allowed${didYouMean(value, words)}; allowed: ${allowed}`);
    this.name = 'UsageError';
  }
}
