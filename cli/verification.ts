import { readFile } from 'node:fs/promises';
import { GoldenFileError, parseGolden } from '../src/kernels/conformance/golden.ts';
import {
  ERROR_COLUMNS,
  type GoldenErrors,
  withinTolerance,
} from '../src/kernels/conformance/golden-errors.ts';
import type { GoldenFile, Verifier } from './verifier.ts';

/** Errors of one case on one engine. */
interface VerifiedCase {
  readonly engine: string;
  readonly tolerance: number;
  readonly errors: GoldenErrors;
  readonly ok: boolean;
}

/** Reads golden files and checks their format. @throws GoldenFileError */
export async function readGoldenFiles(names: readonly string[]): Promise<GoldenFile[]> {
  const files: GoldenFile[] = [];
  for (const name of names) {
    const text = await readFile(name, 'utf8').catch((error: NodeJS.ErrnoException) => {
      throw new GoldenFileError(name, error.code === 'ENOENT' ? 'there is no such file' : error.message);
    });
    parseGolden(text, name);
    files.push({ name, text });
  }
  return files;
}

/** Every case of every file on every engine. */
export async function verifyFiles(
  files: readonly GoldenFile[],
  verifiers: readonly Verifier[],
): Promise<VerifiedCase[]> {
  const cases: VerifiedCase[] = [];
  for (const { engine, tolerance, run } of verifiers) {
    for (const errors of await run(files)) {
      cases.push({ engine, tolerance, errors, ok: withinTolerance(errors, tolerance) });
    }
  }
  return cases;
}

/** The cases as a table in plain text, with what failed and the totals below. */
export function verificationText(cases: readonly VerifiedCase[]): string {
  const head = ['case', 'engine', 'spikes', ...ERROR_COLUMNS, 'tolerance', ''];
  const rows = cases.map(({ engine, tolerance, errors, ok }) => [
    errors.name,
    engine,
    errors.spikes === 0 ? 'equal' : `${errors.spikes} differ`,
    ...ERROR_COLUMNS.map((column) => errors[column].toExponential(1)),
    tolerance.toExponential(0),
    ok ? 'ok' : 'FAILED',
  ]);
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i].length)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) => (i < 2 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])))
      .join('  ')
      .trimEnd();
  const failed = cases.filter(({ ok }) => !ok).length;
  const total = failed === 0 ? `all ${cases.length} agree` : `${failed} of ${cases.length} FAILED`;
  return [
    'Largest errors, of arrays relative to max(1, largest expected value), of derivatives relative to Σ|g·d|:',
    '',
    line(head),
    ...rows.map(line),
    '',
    total,
    '',
  ].join('\n');
}
