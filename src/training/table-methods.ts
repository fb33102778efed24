import { ofEach } from '../experiments/table.ts';
import { METHODS, type Method } from '../methods/index.ts';
import { type Config, methodName, type Pinned } from './config.ts';

/** A row of a table of errors. */
interface TableMethod {
  readonly name: string;
  readonly pins: Pinned;
}

const DEFAULTS = {
  surrogate: 'SG',
  gradient: 'BP',
  scope: 'L',
  localLosses: false,
  flipout: false,
} satisfies Partial<Config>;

/** Rows of a method: one for each surrogate that tables have it with. */
function rowsOf({ rows, chosenBy }: Method, localLosses = false): TableMethod[] {
  const { flipout, ...chosen } = chosenBy;
  return rows.map((surrogate) => {
    const pins = { localLosses, ...chosen, ...(flipout && { flipout }), surrogate } as Pinned;
    return { name: methodName({ ...DEFAULTS, ...pins }), pins };
  });
}

const standing = (...kinds: readonly Method['standing'][]): readonly Method[] =>
  METHODS.filter((one: Method) => kinds.includes(one.standing));

/** Methods of the paper's table (Poisson) or figures of each experiment, in its order; the same where it has no such experiment. */
export const TABLE_METHODS = ofEach(({ paper }): readonly TableMethod[] =>
  standing('paper').flatMap((one) => [
    ...rowsOf(one),
    ...(one.localRows && paper?.localRows ? rowsOf(one, true) : []),
  ]),
);

/** Methods beyond the paper that the paper board trains too. */
export const BOARD_METHODS: readonly TableMethod[] = standing('board').flatMap((one) => rowsOf(one));

/** Methods beyond the paper whose errors are kept beside its own, in the order of tables. */
export const BEYOND_METHODS: readonly TableMethod[] = standing('board', 'beyond').flatMap((one) =>
  rowsOf(one),
);
