import type { Stage, StageContext } from '../../inside/step/stage.ts';

/** A training step in slow motion: always five stages; where no gradient is taken, what is said in their place. */
export type Step =
  | { readonly stages: (context: StageContext) => readonly Stage[] }
  | { readonly stages?: undefined; readonly text: string; readonly tex: string; readonly after: string };

/** Steps of a file's methods, by their ids (src/methods). */
export type Steps = Readonly<Record<string, Step>>;
