/** @throws RangeError naming a number that is not whole or not within bounds */
export function wholeNumber(name: string, value: number, from = 1, to = Number.POSITIVE_INFINITY): void {
  if (Number.isInteger(value) && value >= from && value <= to) return;
  const allowed = `a whole number from ${from}${Number.isFinite(to) ? ` to ${to}` : ''}`;
  throw new RangeError(`${name}: ${value} is not allowed; allowed: ${allowed}`);
}
