import type { Config } from '../../../training/config.ts';
import type { Stage, StageContext } from '../../inside/step/stage.ts';

/** What theory says of an estimate, in the order in which it is read. */
export interface TheoryPart {
  readonly text: string;
  /** In the paper's symbols. */
  readonly tex: string;
}

/** A training step in slow motion: always five stages; where no gradient is taken, what is said in their place. */
export type Step = {
  /** What is said beside estimates under the microscope, where that is no surrogate's gradient in the mean. */
  readonly theory?: (config: Config) => readonly TheoryPart[];
} & (
  | { readonly stages: (context: StageContext) => readonly Stage[] }
  | { readonly stages?: undefined; readonly text: string; readonly tex: string; readonly after: string }
);

/** Steps of a file's methods, by their ids (src/methods). */
export type Steps = Readonly<Record<string, Step>>;
