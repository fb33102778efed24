import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { expectPoints, LOG, LOG1P, marksOf } from '../../../tests/support/drawn-marks.ts';
import { portHere } from '../../../tests/support/worker.ts';
import type { Table } from '../../io/csv.ts';
import { fieldTable, probeTable, weightTable } from '../../io/tables.ts';
import { guessesLab, guessesOf } from '../../state/labs/guesses.ts';
import { coursesOf, neuronLab } from '../../state/labs/neuron.ts';
import { samplesLab, shiftsOf } from '../../state/labs/samples.ts';
import { LossSeries } from '../../state/loss-series.ts';
import { createPlayground, type Playground } from '../../state/playground.ts';
import { resolveConfig } from '../../training/presets.ts';
import { averagedTable, compareTable } from '../compare/compare-table.ts';
import { drawCompare } from '../compare/draw-compare.ts';
import { drawLaneRaster } from '../compare/draw-lane.ts';
import { errorPoints, lossPoints, placeOn } from '../compare/lane-series.ts';
import { lanesTable, rasterTable } from '../compare/lanes-table.ts';
import { drawCurves as drawRun } from '../curves/draw-curves.ts';
import { curvesTable } from '../curves/tables.ts';
import { networkOf } from '../figures/network-of.ts';
import { predictionFields } from '../figures/prediction/fields.ts';
import { membranePath } from '../figures/spikes/membrane.ts';
import { drawSurrogate } from '../figures/surrogate/draw-surrogate.ts';
import { histogram } from '../figures/surrogate/histogram.ts';
import { histogramTable, surrogateTable } from '../figures/surrogate/tables.ts';
import { drawnDeltas } from '../figures/surrogate/weak-form.ts';
import { bytesTable, drawBytes } from '../inside/cost/draw-bytes.ts';
import { accumulatedTable, drawAccumulated } from '../inside/microscope/draw-accumulated.ts';
import { cosineMeansTable, cosineTable, drawCosines } from '../inside/microscope/draw-cosines.ts';
import { drawLine, lineTable } from '../inside/microscope/draw-line.ts';
import { drawNoise, noiseTable } from '../inside/microscope/draw-noise.ts';
import { POINTS } from '../inside/microscope/use-landscape.ts';
import { drawSlice } from '../inside/slice/draw-slice.ts';
import { sliceTable } from '../inside/slice/slice-values.ts';
import { drawStaircase } from '../inside/staircase/draw-staircase.ts';
import { drawDistance, guessesTable } from '../labs/guesses/draw-distance.ts';
import { drawTraces } from '../labs/neuron/draw-traces.ts';
import { tracesTable } from '../labs/neuron/Traces.tsx';
import { traceRows } from '../labs/neuron/traces.ts';
import { drawMeans, shiftsTable } from '../labs/samples/draw-means.ts';
import { type CurvePlot, drawCurves } from '../operator/curve.ts';
import { spaceTimeField } from '../operator/field-maps.ts';
import {
  backdropTable,
  basisTable,
  coefficientTable,
  curveTable,
  spaceTimeTable,
} from '../operator/tables.ts';
import { meaningOf } from './columns.ts';

const [WIDTH, HEIGHT] = [700, 400];

/** A column's numbers, of the rows that have one. */
function column(table: Table | undefined, name: string): number[] {
  const at = table?.header.indexOf(name) ?? -1;
  expect(at, `${name} in ${table?.header}`).toBeGreaterThanOrEqual(0);
  return Array.from(table?.rows ?? [], (row) => row[at]).filter((cell) => typeof cell === 'number');
}
const where = (table: Table, name: string, value: unknown): Table => {
  const at = table.header.indexOf(name);
  return { ...table, rows: Array.from(table.rows).filter((row) => row[at] === value) };
};

describe('a figure’s data are what it draws', () => {
  const xs = Float64Array.from({ length: 21 }, (_, i) => -1 + i / 10);
  const plot: CurvePlot = {
    lines: [
      { x: xs, y: xs.map(Math.sin), name: 'exact', look: 'truth' },
      { x: xs, y: xs.map((x) => x * x), name: 'network', look: 'network' },
    ],
    ...{ from: -1, to: 1, low: -1, high: 1, xLabel: 'y' },
    dots: Float64Array.of(-1, -0.2, 1),
    backdrop: [xs.map(Math.cos), xs.map((x) => x ** 3)],
  };

  it('curves of an operator, each under its own name', () => {
    const { lines, circles } = marksOf(WIDTH, HEIGHT, (frame) => drawCurves(frame, plot));
    const table = curveTable(plot);
    expect(table?.header).toEqual(['y', 'exact', 'network', 'sensors_y']);
    for (const name of ['exact', 'network']) expectPoints(lines, column(table, 'y'), column(table, name));
    const sensors = column(table, 'sensors_y');
    expectPoints([circles.map(([x]) => [x, x])], sensors, sensors);
    const behind = backdropTable(plot);
    for (const name of ['training_1', 'training_2'])
      expectPoints(lines, column(behind, 'y'), column(behind, name));
    const forcing = curveTable({ ...plot, lines: [{ x: xs, y: xs, name: 'g', look: 'truth' }] });
    expect(forcing?.header.slice(0, 2)).toEqual(['y', 'g']);
  });

  it('space-time maps: x to the right, t upwards, named by what is mapped', () => {
    const values = Float32Array.from({ length: 9 }, (_, k) => k);
    const { n, values: drawn } = spaceTimeField(values);
    for (const kind of ['exact', 'network', 'error'] as const) {
      const table = spaceTimeTable(kind, values);
      expect(table?.header).toEqual(['x', 't', kind]);
      for (const [x, t, value] of table?.rows ?? [])
        expect(drawn[Number(t) * (n - 1) * n + Number(x) * (n - 1)]).toBe(value);
    }
  });

  it('functions of a factor, and the branch’s coefficients', () => {
    const basis = { functions: [Float32Array.of(1, 2, 3, 4)], coefficients: Float32Array.of(5, 6) };
    expect(Array.from(basisTable(basis as never, 0)?.rows ?? [])).toEqual([
      [1, 1, 2],
      [2, 3, 4],
    ]);
    expect(column(coefficientTable(basis as never), 'branch_coefficient')).toEqual([5, 6]);
  });

  const losses = new LossSeries();
  losses.replace(
    0,
    Float64Array.from({ length: 9 }, (_, i) => 1 / (i + 1)),
  );
  const metrics = [0, 3, 8].map((step) => ({ step, value: 1 / (step + 2), grid: 'coarse' as const }));
  const stated = { step: 8, value: 0.11, grid: 'stated' as const };
  const run = {
    losses,
    metrics: [...metrics, stated],
    changes: [],
    step: 8,
    end: 8,
    config: resolveConfig({}),
  };

  it('error and loss of a run', () => {
    const { lines, circles } = marksOf(WIDTH, HEIGHT, (frame) =>
      drawRun(frame, { run, last: 8, paper: 0.03 }),
    );
    const table = curvesTable(run, 0.03);
    const live = { ...table, rows: Array.from(table.rows).filter((row) => row[3] !== undefined) };
    const axes = { x: LOG1P, y: LOG };
    expectPoints(lines, column(live, 'step'), column(live, 'relative_l2_live'), axes);
    expect(circles).toHaveLength(column(table, 'relative_l2_stated').length);
    // Every loss has a column of pixels of its own here, drawn from its greatest to its least.
    const curve = lines.find((line) => line.length === 18)?.filter((_, i) => i % 2 === 0) ?? [];
    const values = column(table, 'loss');
    expectPoints([curve.map(([, y]) => [y, y])], values, values, { x: LOG, y: LOG });
    expect(column(table, 'relative_l2_paper')).toEqual(Array(9).fill(0.03));
  });

  it('a recorded run’s losses, of which two digits are kept', () => {
    const kept = new LossSeries();
    kept.replace(0, Float64Array.of(0.1234, 0.5678));
    kept.firstMeasured = 2;
    const table = curvesTable({ ...run, losses: kept, metrics: [] }, undefined);
    expect(table.header).toEqual([
      'step',
      'method',
      'loss',
      'loss_approximate',
      'relative_l2_live',
      'relative_l2_stated',
    ]);
    expect(column(table, 'loss_approximate')).toEqual([0.12, 0.57]);
    expect(column(table, 'loss')).toEqual([]);
  });

  it('the surrogate’s curves and the histogram behind them, not the spikes', () => {
    const bins = histogram([Float32Array.of(0.1, 0.9, 1, 1.2, 3)], 1, -2, 2, 40);
    const picture = {
      surrogate: { kind: 'WSG', sigma: 0.5, samples: 4 },
      ...{ deltas: drawnDeltas(1, 4, 0.5), draws: 2, histogram: bins, most: 0.5, half: 2, caption: '' },
    } as const;
    const { lines, rects } = marksOf(WIDTH, HEIGHT, (frame) => drawSurrogate(frame, picture));
    const table = surrogateTable(picture);
    expect(table.header).toEqual(['U_minus_threshold', 'heaviside', 'SG', 'WSG', 'WSG_mean']);
    for (const name of ['SG', 'WSG', 'WSG_mean'])
      expectPoints(lines, column(table, 'U_minus_threshold'), column(table, name));
    const bars = histogramTable(picture)!;
    const shares = Array.from(bars.rows)
      .slice(1, -1)
      .map(([, , share]) => Number(share));
    const drawn = rects.slice(-40).map(([x, , , height]) => [x, height] as const);
    expectPoints(
      [drawn],
      shares.map((_, k) => k),
      shares,
    );
    expect(column(bars, 'share').reduce((a, b) => a + b)).toBeCloseTo(1, 9);
    const plain = surrogateTable({ ...picture, surrogate: { ...picture.surrogate, kind: 'SG' } });
    expect(plain.header).toEqual(['U_minus_threshold', 'heaviside', 'SG']);
  });

  it('a neuron’s membrane before and after its reset', () => {
    const { network, widths } = networkOf(resolveConfig({ hidden: [[2]], T: 3 }));
    const trace = {
      ...{ T: 3, output: 0, spikes: [[Uint8Array.of(0, 1, 1, 0, 0, 1)]] },
      membranes: [[Float32Array.of(0.5, 1.25, 1.5, 0.25, 0.75, 2)]],
    };
    const table = where(probeTable(trace, network), 'neuron', 2);
    const [before, after] = [column(table, 'membrane_before_reset'), column(table, 'membrane_after_reset')];
    const spikes = column(table, 'spike');
    const { line } = membranePath(trace.membranes[0][0], trace.spikes[0][0], widths[0][0], 1, network);
    const path = before.flatMap((u, k) =>
      spikes[k]
        ? [
            [k + 1, u],
            [k + 1, after[k]],
          ]
        : [[k + 1, u]],
    );
    expect(line.slice(1)).toEqual(path);
  });

  it('weights, and beside them what the edges show in their place', () => {
    const { layout } = networkOf(resolveConfig({ hidden: [[2]] }));
    const theta = Float64Array.from({ length: layout.size }, (_, i) => i);
    const table = weightTable(
      layout,
      theta,
      theta.map((value) => -value),
    );
    expect(table.header.slice(-2)).toEqual(['weight', 'edge_value']);
    for (const row of table.rows) expect(Number(row.at(-1)) + Number(row.at(-2))).toBe(0);
  });

  it('a slice along its line', () => {
    const line = { a: [-1, -1], b: [1, 1] } as const;
    const curves = { target: Float32Array.from(xs, Math.sin), network: Float32Array.from(xs, Math.exp) };
    const axis = { name: 'distance from A', from: 0, to: Math.hypot(2, 2) };
    const { lines } = marksOf(WIDTH, HEIGHT, (frame) =>
      drawSlice(frame, { ...curves, axis, low: -1, high: 3 }),
    );
    const table = sliceTable(line, curves);
    for (const name of ['target', 'network'])
      expectPoints(lines, column(table, 'position'), column(table, name));
    expect(column(table, 'x').at(-1)).toBe(1);
  });

  it('the precision staircase', () => {
    const axis = { ticks: [1, 4, 16], label: 'T', mark: 'trained' };
    const chart = { ...axis, times: [1, 4, 16], errors: [0.9, 0.3, 0.1], trained: 8, shown: { T: 8 } };
    const { rects } = marksOf(WIDTH, HEIGHT, (frame) => drawStaircase(frame, chart));
    expectPoints([rects.map(([x, y]) => [x, y] as const)], chart.times, chart.errors, { x: LOG, y: LOG });
  });

  it('the microscope’s figures', () => {
    const [accumulated, theory] = [
      [0.2, 0.5, 0.7],
      [0.3, 0.45, 0.8],
    ];
    const mean = marksOf(WIDTH, HEIGHT, (frame) => drawAccumulated(frame, { accumulated, theory, draws: 3 }));
    const table = accumulatedTable(accumulated, theory);
    for (const name of ['cosine_of_mean', 'mean_by_theory'])
      expectPoints(mean.lines, column(table, 'estimates'), column(table, name), { x: LOG });

    const landscape = { loss: 0.5, slope: 0.25, secant: -0.125, epsilon: 0.1 } as never;
    const line = { losses: Array.from({ length: POINTS }, (_, n) => 0.5 + 0.01 * n), range: 2, landscape };
    const steps = lineTable(line);
    const drawn = marksOf(WIDTH, HEIGHT, (frame) => drawLine(frame, line)).lines;
    const stairs = drawn.filter((points) => points.length > POINTS);
    // Of each step the middle point of three: but for the ends.
    const middles = stairs.map((points) =>
      points.slice(0, 1).concat(points.slice(3).filter((_, i) => i % 3 === 0)),
    );
    expectPoints(
      middles,
      column(steps, 'steps_of_direction').slice(0, middles[0].length),
      column(steps, 'loss').slice(0, middles[0].length),
    );
    for (const name of ['slope_by_surrogate', 'secant_of_perturbation']) {
      const ends = (values: number[]) => [values[0], values[values.length - 1]];
      expectPoints(drawn, ends(column(steps, 'steps_of_direction')), ends(column(steps, name)));
    }

    const noise = [1, 4, 16].map((samples, i) => ({
      sigma: 0.5,
      samples,
      deviation: 1 / (i + 1),
      cosine: 0.5,
    }));
    const points = noiseTable(noise);
    const { lines } = marksOf(WIDTH, HEIGHT, (frame) => drawNoise(frame, noise));
    expectPoints(lines, column(points, 'samples'), column(points, 'noise_over_gradient'), { x: LOG, y: LOG });

    const rows = [
      { name: 'all', cosines: [0.1, 0.4, 0.2], theory: 0.25 },
      { name: 'branch read-out', cosines: [0.3, 0.2, 0.6] },
    ];
    const dots = marksOf(WIDTH, HEIGHT, (frame) => drawCosines(frame, rows, String)).circles.map(
      ([x]) => [x, x] as const,
    );
    const cosines = cosineTable(rows);
    expect(cosines.header).toEqual(['draw', 'all', 'branch_read_out']);
    const both = [...column(cosines, 'all'), ...column(cosines, 'branch_read_out')];
    expectPoints([dots], both, both);
    expect(column(cosineMeansTable(rows), 'mean_by_theory')).toEqual([0.25]);
  });

  it('memory over T', () => {
    const chart = { times: [1, 16, 64], own: [10, 20, 40], backprop: [5, 50, 200], method: 'RFG-L' };
    const { lines } = marksOf(WIDTH, HEIGHT, (frame) =>
      drawBytes(frame, { ...chart, backpropName: 'BP', T: 16 }),
    );
    const table = bytesTable(chart);
    for (const name of ['bytes', 'bytes_by_BP']) expectPoints(lines, column(table, 'T'), column(table, name));
  });

  it('the labs', () => {
    const samples = samplesLab.parse('drawn=24');
    const shifts = shiftsOf(samples);
    const means = marksOf(WIDTH, HEIGHT, (frame) => drawMeans(frame, samples, shifts)).lines;
    const shiftTable = shiftsTable(samples, shifts);
    expectPoints(means, column(shiftTable, 'shift'), column(shiftTable, 'mean'));

    const settings = guessesLab.parse('drawn=5');
    const guesses = guessesOf(settings);
    const distances = marksOf(WIDTH, HEIGHT, (frame) => drawDistance(frame, settings, guesses)).lines;
    const guessTable = guessesTable(settings, guesses);
    const far = column(guessTable, 'distance_over_gradient').map((value) => Math.max(value, 0.005));
    expectPoints(distances, column(guessTable, 'guess'), far, { x: LOG, y: LOG });

    const courses = coursesOf(neuronLab.parse('current=0.4')).filter((course) => course !== undefined);
    const traces = tracesTable(courses);
    expect(column(traces, 'membrane_before_reset')).toEqual(Array.from(courses[0].membranes));
    expect(column(traces, 'current')).toEqual(Array.from(courses[0].currents));

    const lab = neuronLab.parse('kind=SRM:delay=3:input=step:current=1');
    const [late] = coursesOf(lab);
    const rows = traceRows(WIDTH, HEIGHT, 1, 1);
    const picture = {
      settings: lab,
      courses: [late],
      rows,
      range: { from: 0, to: 1 },
      time: 1,
      until: lab.T,
    };
    const { lines } = marksOf(WIDTH, HEIGHT, (frame) => drawTraces(frame, { ...picture, hint: '' }));
    const table = tracesTable([late]);
    expectPoints(lines, column(table, 'time_step'), column(table, 'synaptic_current'));
  });
});

describe('of lanes', () => {
  let playground: Playground | undefined;
  afterAll(() => playground?.actions.dispose());

  it('the curves, the lanes side by side and their rasters', async () => {
    const pinned = { T: 4, batch: [8], hidden: [[4]], steps: 12 } as const;
    playground = createPlayground({ spawn: () => portHere(), pinned });
    await playground.actions.start();
    await playground.actions.compare({ main: {}, differences: [{ gradient: 'RFG' }] });
    await playground.actions.step(12);
    const lanes = playground.app.getState().lanes.map((lane, i) => ({
      ...{ letter: 'AB'[i], run: lane.getState().config.gradient, hidden: false, passes: 3 + i },
      state: lane.getState(),
    }));
    const table = compareTable(lanes);
    const curves = lanes.map(({ state, passes }, position) => {
      const place = placeOn('passes', state, passes);
      return {
        ...{
          position,
          errors: errorPoints(state, place),
          losses: lossPoints(state, place, (x) => x / 2, 60),
        },
        changes: [],
      };
    });
    const averaged = averagedTable('passes', curves, lanes);
    const { lines } = marksOf(WIDTH, HEIGHT, (frame) =>
      drawCompare(frame, { axis: 'passes', curves, last: 48 }),
    );
    for (const { letter, state } of lanes) {
      const own = where(table, 'lane', letter);
      const errors = { ...own, rows: Array.from(own.rows).filter((row) => row[6] !== undefined) };
      const axes = { x: LOG1P, y: LOG };
      expectPoints(lines, column(errors, 'forward_passes'), column(errors, 'relative_l2_live'), axes);
      const means = where(averaged, 'lane', letter);
      expectPoints(lines, column(means, 'forward_passes'), column(means, 'loss_averaged'), axes);
      expect(column(own, 'loss')).toEqual([...state.losses.values].slice(0, 12));
    }

    const sideBySide = lanesTable(lanes, {} as never)!;
    expect(sideBySide.header).toEqual(['lane', 'run', 'x', 'y', 'target', 'network', 'error']);
    for (const { letter, state } of lanes) {
      const own = where(sideBySide, 'lane', letter);
      const fields = predictionFields(state)!;
      expect(column(own, 'network')).toEqual(Array.from(fields.network.values));
      expect(column(own, 'error')).toEqual(Array.from(fields.error.values));
      const { probe, config } = state;
      const { network, widths } = networkOf(config);
      const at = { factor: 0, depth: 0, neuron: 0, time: 1, playing: false, picked: true };
      const { rects } = marksOf(WIDTH, HEIGHT, (frame) => drawLaneRaster(frame, network, widths, probe!, at));
      const spikes = column(where(rasterTable(lanes), 'lane', letter), 'spike').filter(
        (spike) => spike === 1,
      );
      expect(rects.length).toBe(spikes.length);
    }
  });
});

describe('columns', () => {
  const views = fileURLToPath(new URL('..', import.meta.url));
  const files = [
    ...readdirSync(views, { recursive: true, encoding: 'utf8' })
      .filter((file) => /(?<!\.test)\.tsx?$/.test(file))
      .map((file) => join(views, file)),
    fileURLToPath(new URL('../../io/tables.ts', import.meta.url)),
  ];
  /** Names in the brackets after `header:`, as they stand in the code. */
  const named = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\bheader: \[(.*?)\](?=,|;| )/gs)].flatMap(([, list]) =>
      [...list.matchAll(/'([^']*)'/g)].map(([, name]) => name),
    ),
  );

  it('have names in ASCII that programs take, and each is described in a cell of its own', () => {
    expect(named.length).toBeGreaterThan(60);
    for (const name of named) expect(name).toMatch(/^[A-Za-z]\w*$/);
    // What is missing here belongs into columns.ts.
    expect(named.filter((name) => !/^[^,;]+$/.test(meaningOf(name) ?? ''))).toEqual([]);
  });

  it('of maps and experiments, too', () => {
    for (const part of [
      'target',
      'network',
      'error',
      'exact',
      'g',
      'f',
      'rate',
      'direction',
      'gradient',
      'change',
    ])
      expect(fieldTable(part, 2, [1, 2, 3, 4]).header.every((name) => meaningOf(name))).toBe(true);
    expect(meaningOf('nobody')).toBeUndefined();
  });
});
