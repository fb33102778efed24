import type { ExperimentName } from '../../experiments/table.ts';
import { EXPERIMENT_NAMES } from '../../experiments/table.ts';
import type { ExperimentWords } from './words.ts';

/** One file for each experiment, under its name. */
const FILES = import.meta.glob<ExperimentWords>(['./*.ts', '!./words.ts', '!./all.ts', '!./*.test.ts'], {
  eager: true,
  import: 'words',
});

/** The words of every experiment. */
export const WORDS = Object.fromEntries(
  EXPERIMENT_NAMES.map((name) => [name, FILES[`./${name}.ts`]]),
) as Record<ExperimentName, ExperimentWords>;
