/** 1240 → “1,240”. */
export function formatCount(count: number): string {
  // By hand: the browser's own formatter takes tens of milliseconds to be made.
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Three significant digits: 0.0342, 1.00, 12.3; “–” for what is not a finite number. */
export function formatError(value: number | undefined): string {
  if (value === undefined || !Number.isFinite(value)) return '–';
  if (value === 0) return '0';
  return value >= 1e4 || value < 1e-4 ? value.toExponential(2) : value.toPrecision(3);
}

/** 0.43 ms, 15 ms, 152 ms, 1.2 s, 1,240 s. */
export function formatDuration(ms: number): string {
  if (ms >= 99_500) return `${formatCount(ms / 1000)} s`;
  return ms >= 999.5 ? `${(ms / 1000).toPrecision(2)} s` : `${ms.toPrecision(ms < 99.5 ? 2 : 3)} ms`;
}

const UNITS = ['p', 'n', 'µ', 'm', '', 'k', 'M', 'G'];

/** 12.3 k, 4.5 M, 8.1 µ: up to three digits and a prefix, for a unit to follow. */
export function formatSI(value: number): string {
  if (value === 0) return '0 ';
  const power = Math.min(3, Math.max(-4, Math.floor(Math.log10(value) / 3)));
  const shortened = value / 1000 ** power;
  return `${shortened >= 99.95 ? Math.round(shortened) : shortened.toPrecision(shortened >= 9.995 ? 3 : 2)} ${UNITS[power + 4]}`;
}
