/** Something the user wrote that cannot be used: names the option, the value and what is allowed. Ends with exit code 2. */
export class UsageError extends Error {
  constructor(option: string, value: string, allowed: string) {
    super(`${option}: “${value}” is not allowed; allowed: ${allowed}`);
    this.name = 'UsageError';
  }
}
