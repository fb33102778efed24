import type { FieldName } from '../../../training/config.ts';

/** What a page says of a method, beside its name. */
export interface Words {
  /** How its gradient is offered: in the bar or, under a longer name, in the menu beside it. The first method of a gradient says it. */
  readonly option?: {
    readonly label: string;
    readonly hint: string;
    readonly name?: string;
    /** In words that need no explanation, for a hall. */
    readonly spoken: string;
  };
  /** In its place for this method, where that word would be wrong. */
  readonly spoken?: string;
  /** Asked of lanes without names, where it is the answer; none where what it has in common with others is asked instead. */
  readonly question?: string;
  /** Why it has no use for a field; `scope`, `surrogate`, `optimiser` and `localLosses` answer for all that go with them. */
  readonly why: { readonly [F in FieldName]?: string };
  /** Where a surrogate would be drawn. */
  readonly withoutSurrogate?: string;
  /** After its name: why the microscope has no estimate of it. */
  readonly withoutEstimate?: string;
}

/** Words of a file's methods, by their ids (src/methods). */
export type MethodWords = Readonly<Record<string, Words>>;
