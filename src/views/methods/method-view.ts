import type { Config, FieldName } from '../../training/config.ts';
import type { Stage, StageContext } from '../inside/step/stage.ts';

/** What a page says of a method, beside its name. */
export interface MethodView {
  /** Asked of lanes without names, where it is the answer; none where what it has in common with others is asked instead. */
  readonly question?: string;
  /** Why it has no use for some settings, to be read after “because”: for those that draw directions, `scope` serves all. */
  readonly why: { readonly [F in FieldName]?: string };
  /** Where a surrogate would be drawn. */
  readonly withoutSurrogate?: string;
  /** After its name: why the microscope has no estimate of it. */
  readonly withoutEstimate?: string;
  /** Its step in slow motion, always five stages; nothing where there is no gradient. */
  readonly stages: (context: StageContext) => readonly Stage[];
  /** Said in place of stages. */
  readonly withoutStages?: { readonly text: string; readonly tex: string; readonly after: string };
}

/** Views of a file's methods, by their ids (src/methods). */
export type MethodViews = Readonly<Record<string, MethodView>>;

export type { Config, Stage, StageContext };
