import type { DecimalSign } from '../../io/csv.ts';
import type { Provenance } from './provenance.ts';
import { SOFTWARE } from './software.ts';

/** What a README tells of an archive. */
export interface ArchiveFacts {
  readonly provenance: Provenance;
  /** Equation or function that is learned, in a sentence. */
  readonly sentence: string;
  /** Seeds by what they decide. */
  readonly seeds: readonly (readonly [what: string, seed: number])[];
  /** What computes; unknown before an engine was chosen. */
  readonly engine: string | undefined;
  /** The run began with weights of a file, which a link cannot hold. */
  readonly ownWeights: boolean;
  readonly decimal: DecimalSign;
  readonly files: readonly { readonly path: string; readonly about: string }[];
  /** What could not be saved, and why. */
  readonly missing: readonly string[];
}

/** How the files of an archive were made, and how they are read. */
export function readme(facts: ArchiveFacts, now: Date): string {
  const { provenance, sentence, seeds, engine, ownWeights, decimal, files, missing } = facts;
  const { version, commit } = SOFTWARE;
  const widest = Math.max(...files.map(({ path }) => path.length));
  const comma = decimal === 'comma';
  return `${[
    'Figures and data of Spiking Playground',
    '======================================',
    '',
    `Date:     ${now.toISOString()}`,
    `Version:  ${version}${commit && `, commit ${commit}`}`,
    `Engine:   ${engine ?? 'none yet: the run is recorded'}`,
    `Seeds:    ${seeds.map(([what, seed]) => `${what} ${seed}`).join(', ')}`,
    `Link:     ${provenance.link}`,
    ownWeights
      ? '          It holds the settings, not the weights, which came from a file.'
      : '          It opens the page with this run; on the same engine it gives the identical losses.',
    '',
    'What is shown',
    '-------------',
    sentence,
    ...provenance.lines,
    '',
    'Files',
    '-----',
    ...files.map(({ path, about }) => `${path.padEnd(widest)}  ${about}`),
    ...(missing.length > 0 ? ['', 'Left out', '--------', ...missing] : []),
    '',
    'Reading them',
    '------------',
    'SVG: text stays text, set in Arial, Helvetica, Liberation Sans or DejaVu Sans, whichever is there.',
    `CSV: UTF-8 with a byte order mark; ${comma ? 'semicolons between columns and a decimal comma' : 'commas between columns and a decimal point'}. Lines that`,
    'begin with # come first: where the data come from, their settings and seeds, and what each column is.',
    ...(comma
      ? [
          '  Python  pandas.read_csv(file, comment="#", sep=";", decimal=",")',
          '  R       read.csv2(file, comment.char = "#", fileEncoding = "UTF-8-BOM")',
        ]
      : [
          '  Python  pandas.read_csv(file, comment="#")',
          '  R       read.csv(file, comment.char = "#", fileEncoding = "UTF-8-BOM")',
        ]),
  ].join('\n')}\n`;
}
