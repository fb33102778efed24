import type { MethodResult } from '../../../lessons/measured.ts';
import type { ExperimentName, Pinned } from '../../../training/config.ts';
import { BEYOND_METHODS, TABLE_METHODS } from '../../../training/table-methods.ts';

/** A method or a baseline and its figures. */
export interface Row {
  readonly name: string;
  /** What chooses the method; a baseline cannot be chosen. */
  readonly pins?: Pinned;
  readonly figures: readonly MethodResult[];
}

export interface Group {
  readonly id: 'paper' | 'beyond' | 'baselines';
  readonly rows: readonly Row[];
}

/** What stands over a column: all its figures have this recipe and this boundary, and nothing else that differs from the recipe. */
export interface Column {
  readonly id: string;
  readonly recipe: MethodResult['recipe'];
  readonly boundary?: MethodResult['boundary'];
}

/** The figures that stand in columns; the others belong to what they depend on. */
export const inColumns = (experiment: ExperimentName, measured: readonly MethodResult[]): MethodResult[] =>
  measured.filter(
    (row) => row.experiment === experiment && ['', 'boundary=soft'].includes(row.changes ?? ''),
  );

const columnId = ({ recipe, boundary }: MethodResult) => [recipe, boundary ?? ''].join(' ').trim();

/** Recipe `paper` first, hard boundary first. */
export function columnsOf(shown: readonly MethodResult[]): Column[] {
  const columns = new Map(
    shown.map((row): [string, Column] => [
      columnId(row),
      { id: columnId(row), recipe: row.recipe, boundary: row.boundary },
    ]),
  );
  const order = ['paper', 'paper hard', 'paper soft', 'live', 'live hard', 'live soft'];
  return [...columns.values()].sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
}

export const figureIn = (column: Column, row: Row): MethodResult | undefined =>
  row.figures.find((one) => columnId(one) === column.id);

/** Rows in the order of tables; groups without any are left out. */
export function groupsOf(experiment: ExperimentName, shown: readonly MethodResult[]): Group[] {
  const figuresOf = (name: string) => shown.filter((one) => one.method === name);
  const listed = TABLE_METHODS[experiment].map(
    ({ name, pins }): Row => ({ name, pins, figures: figuresOf(name) }),
  );
  const beyond = BEYOND_METHODS.map(
    ({ name, pins }): Row => ({ name, pins, figures: figuresOf(name) }),
  ).filter((row) => row.figures.length > 0);
  const methods = [...listed, ...beyond].map(({ name }) => name);
  const others = [...new Set(shown.map(({ method }) => method))].filter((name) => !methods.includes(name));
  const groups: Group[] = [
    { id: 'paper', rows: listed },
    { id: 'beyond', rows: beyond },
    { id: 'baselines', rows: others.map((name) => ({ name, figures: figuresOf(name) })) },
  ];
  return groups.filter(({ rows }) => rows.length > 0);
}

/** All settings that decide a method, so that nothing of the one before stays. */
export const choosing = (pins: Pinned): Pinned => ({ scope: 'L', flipout: undefined, ...pins });
