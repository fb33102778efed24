import { EXPERIMENTS } from '../../experiments/table.ts';
import type { Cell, Table } from '../../io/csv.ts';
import { probeTable } from '../../io/tables.ts';
import type { ForcingState } from '../../state/forcing.ts';
import type { LaneState } from '../../state/lane-store.ts';
import { networkOf } from '../figures/network-of.ts';
import { predictionFields, targetField } from '../figures/prediction/fields.ts';
import { answerOf, errorOf } from '../operator/answer.ts';
import type { ShownLane } from './lane-names.ts';

type Shown = Pick<ShownLane, 'letter' | 'run'> & { readonly state: LaneState };

/** What the lanes show, a row for each point of each lane: target or exact solution, answer and error. */
export function lanesTable(lanes: readonly Shown[], forcing: ForcingState): Table | undefined {
  const { data, config } = lanes[0].state;
  const rows = (of: (state: LaneState) => Cell[][]) =>
    lanes.flatMap(({ letter, run, state }) => of(state).map((row) => [letter, run, ...row]));
  if (!data?.operator)
    return {
      header: ['lane', 'run', 'x', 'y', 'target', 'network', 'error'],
      rows: rows(squareRows),
    };
  const { axes } = data.operator;
  return {
    header: ['lane', 'run', ...EXPERIMENTS[config.experiment].coordinates, 'exact', 'network', 'error'],
    rows: rows((state) => {
      const { exact } = forcing;
      const [answer, error] = [answerOf(state), errorOf(state, forcing)];
      return Array.from(exact ?? [], (value, k) => [...placeOf(axes, k), value, answer?.[k], error?.[k]]);
    }),
  };
}

/** Points of the square, rows from y = -1 up. */
function squareRows(state: LaneState): Cell[][] {
  const fields = predictionFields(state);
  const { data, prediction } = state;
  if (!fields || !data || !prediction) return [];
  const target = targetField(data, prediction.grid)?.values;
  const { n, values } = fields.network;
  const at = (i: number) => -1 + (2 * i) / (n - 1);
  return Array.from(values, (value, k) => [
    ...[at(k % n), at(Math.floor(k / n)), target?.[k], value, fields.error.values[k]],
  ]);
}

/** Coordinates of point k, the last one running first. */
function placeOf(axes: readonly ArrayLike<number>[], k: number): number[] {
  const place: number[] = [];
  let rest = k;
  for (const values of [...axes].reverse()) {
    place.unshift(values[rest % values.length]);
    rest = Math.floor(rest / values.length);
  }
  return place;
}

/** Spikes of every lane at the input that all share. */
export function rasterTable(lanes: readonly Shown[]): Table {
  const tables = lanes.map(({ letter, run, state: { probe, config } }) => {
    const table = probe && probeTable(probe, networkOf(config).network);
    return {
      header: table?.header ?? [],
      rows: Array.from(table?.rows ?? [], (row) => [letter, run, ...row]),
    };
  });
  const header = tables.find(({ header }) => header.length > 0)?.header ?? [];
  return { header: ['lane', 'run', ...header], rows: tables.flatMap(({ rows }) => rows) };
}
