// @ts-nocheck
// Writes estimators.json beside it (`node tests/golden/estimators.mjs`): gradient estimates by their definitions, in float64. It shares
// no code with the rest. Derivatives come from dual numbers; what is perturbed row by row is simulated row by row, everything else at
// rest; and where the mean over all signs is taken, every one of the 2^n choices is tried.
import { writeFileSync } from 'node:fs';

const [SIGMA, EPSILON, DRAWS] = [0.5, 0.04, 2];
/** Least distance of every membrane from the threshold, shaken or not: float32 then spikes at the same steps. */
const GAP = 2e-4;

// A linear congruential generator and Box-Muller.
let state = 0;
const uniform = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return (state + 0.5) / 2 ** 32;
};
const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
const sign = () => (uniform() < 0.5 ? -1 : 1);
const list = (n, make) => Array.from({ length: n }, (_, i) => make(i));
const rounded = (value) => Math.round(value * 1e4) / 1e4;

/** A value and its derivative. */
const dual = (value, slope = 0) => ({ value, slope });
const add = (a, b) => dual(a.value + b.value, a.slope + b.slope);
const mul = (a, b) => dual(a.value * b.value, a.slope * b.value + a.value * b.slope);

let least = Number.POSITIVE_INFINITY;

/**
 * The loss, with everything on the way. `weights(l, factor, row)` has W and b of affine map l as duals; `shift(l, factor, row)` is
 * added to its currents at every step.
 */
function run(net, weights, shift = () => undefined) {
  const { T, leak, threshold, centre, rank, factors, inputs, scale, target } = net;
  const traces = factors.map(() => []);
  const projections = inputs.map((rows, factor) =>
    rows.map((row, n) => {
      const { first, hidden } = factors[factor];
      const maps = list(hidden.length + 1, (d) => weights(first + d, factor, n));
      const shifts = hidden.map((_, d) => shift(first + d, factor, n));
      const U = hidden.map((width) => list(width, () => dual(0)));
      const sums = hidden.map((width) => list(width, () => dual(0)));
      const trace = hidden.map(() => ({ spikes: [], membranes: [] }));
      for (let t = 0; t < T; t++) {
        let below = row.map((value) => dual(value));
        hidden.forEach((width, d) => {
          const spikes = [];
          const membranes = [];
          for (let j = 0; j < width; j++) {
            let current = maps[d].b[j];
            below.forEach((s, i) => {
              current = add(current, mul(maps[d].W[j][i], s));
            });
            if (shifts[d]) current = add(current, shifts[d][j]);
            const before = add(mul(dual(leak), U[d][j]), current);
            const x = before.value - threshold;
            least = Math.min(least, Math.abs(x));
            const S = x >= 0 ? 1 : 0;
            const f = Math.exp(-(x * x) / (2 * SIGMA * SIGMA)) / (SIGMA * Math.sqrt(2 * Math.PI));
            // The reset subtracts the threshold where there was a spike; no derivative goes through it.
            U[d][j] = dual(before.value - threshold * S, before.slope);
            membranes.push(before.value);
            spikes.push(dual(S, f * before.slope));
            sums[d][j] = add(sums[d][j], spikes[j]);
          }
          trace[d].spikes.push(spikes.map(({ value }) => value));
          trace[d].membranes.push(membranes);
          below = spikes;
        });
      }
      const rates = sums.map((layer) => layer.map((sum) => mul(dual(1 / T), sum)));
      const last = rates[rates.length - 1];
      const { W, b } = maps[hidden.length];
      traces[factor].push({ trace, rates: rates.map((layer) => layer.map(({ value }) => value)) });
      return list(rank, (i) => {
        let p = b[i];
        last.forEach((rate, j) => {
          p = add(p, mul(W[i][j], add(rate, dual(-centre))));
        });
        return mul(dual(scale[factor][n]), p);
      });
    }),
  );
  // Every combination of rows, the last factor's fastest.
  let rows = [list(rank, () => dual(1))];
  for (const ofFactor of projections)
    rows = rows.flatMap((left) => ofFactor.map((right) => left.map((value, i) => mul(value, right[i]))));
  const output = rows.map((terms) => terms.reduce(add));
  let loss = dual(0);
  output.forEach((y, n) => {
    const error = add(y, dual(-target[n]));
    loss = add(loss, mul(dual(1 / output.length), mul(error, error)));
  });
  return { loss, output, traces };
}

const atRest = (net) => {
  const maps = net.weights.map(({ W, b }) => ({
    W: W.map((row) => row.map((w) => dual(w))),
    b: b.map((w) => dual(w)),
  }));
  return (l) => maps[l];
};
/** Weights along a direction, for those rows that `who` names. */
const along = (net, direction, who = () => true) => {
  const rest = atRest(net);
  return (l, factor, row) => {
    const d = who(factor, row) ? direction(l, factor, row) : undefined;
    if (!d) return rest(l);
    const { W, b } = net.weights[l];
    return {
      W: W.map((weights, j) => weights.map((w, i) => dual(w, d.W[j][i]))),
      b: b.map((w, j) => dual(w, d.b[j])),
    };
  };
};
const like = ({ W, b }, make) => ({
  W: W.map((row, j) => row.map((_, i) => make(j, i))),
  b: b.map((_, j) => make(j, -1)),
});
const zeros = (net) => net.weights.map((map) => like(map, () => 0));
const addTo = (sum, by, { W, b }) => {
  W.forEach((row, j) => row.forEach((w, i) => (sum.W[j][i] += by * w)));
  b.forEach((w, j) => (sum.b[j] += by * w));
};

function makeNetwork(seed, { name, T, leak, centre, rank, shapes, rows }) {
  state = seed;
  let first = 0;
  const weights = [];
  const factors = shapes.map(([inputs, ...hidden], factor) => {
    const widths = [inputs, ...hidden];
    const readout = first + hidden.length;
    hidden.forEach((width, d) => {
      weights.push({
        W: list(width, () => list(widths[d], () => rounded((1.3 * normal()) / Math.sqrt(widths[d])))),
        b: list(width, () => rounded(0.45 + 0.3 * normal())),
      });
    });
    const last = hidden[hidden.length - 1];
    weights.push({
      W: list(rank, () => list(last, () => rounded(normal()))),
      b: list(rank, () => rounded(0.5 * normal())),
    });
    const one = { first, readout, hidden, inputs, rows: rows[factor] };
    first = readout + 1;
    return one;
  });
  return {
    ...{ name, T, leak, threshold: 1, centre, rank, factors, weights },
    inputs: shapes.map(([width], m) => list(rows[m], () => list(width, () => rounded(2 * uniform() - 1)))),
    scale: shapes.map((_, m) => list(rows[m], () => rounded(0.5 + uniform()))),
    target: list(
      rows.reduce((n, m) => n * m, 1),
      () => rounded(normal()),
    ),
  };
}

/** Every estimate of one network. */
function estimatesOf(net, { traces }) {
  const { factors, weights, inputs } = net;
  const rowsOf = (factor) => list(factors[factor].rows, (n) => n);
  const hiddenLayers = factors.flatMap(({ first, hidden }, factor) =>
    hidden.map((width, depth) => ({
      l: first + depth,
      factor,
      depth,
      width,
      last: depth === hidden.length - 1,
    })),
  );
  const presynaptic = ({ factor, depth }, n) =>
    depth === 0 ? inputs[factor][n] : traces[factor][n].rates[depth - 1];
  const lossAlong = (direction, who) => run(net, along(net, direction, who)).loss.slope;

  /** ∂L/∂w of one affine map, parameter by parameter. */
  const exact = (l) =>
    like(weights[l], (j, i) =>
      lossAlong((other) =>
        other === l ? like(weights[l], (j2, i2) => Number(j2 === j && i2 === i)) : undefined,
      ),
    );
  const gradient = weights.map((_, l) => exact(l));
  const withReadouts = () => {
    const sum = zeros(net);
    for (const { readout } of factors) addTo(sum[readout], 1, gradient[readout]);
    return sum;
  };

  const shaken = (layer, n, xi) => {
    const at = (amount) =>
      run(net, atRest(net), (l, factor, row) =>
        l === layer.l && factor === layer.factor && row === n ? xi.map((s) => dual(amount * s)) : undefined,
      ).loss.value;
    return (at(EPSILON) - at(-EPSILON)) / (2 * EPSILON);
  };
  const moved = (layer, n, xi) =>
    run(net, atRest(net), (l, factor, row) =>
      l === layer.l && factor === layer.factor && row === n ? xi.map((s) => dual(0, s)) : undefined,
    ).loss.slope;

  /** Σ c ξ over rows and draws, or the mean over all ξ in the last hidden layers. */
  function activity(change, mean) {
    const xi = list(DRAWS, () =>
      weights.map((_, l) => {
        const layer = hiddenLayers.find((one) => one.l === l);
        if (!layer) return [];
        return rowsOf(layer.factor).map(() => list(layer.width, () => (mean && layer.last ? 1 : sign())));
      }),
    );
    const sum = withReadouts();
    const derivatives = list(DRAWS, () => weights.map(() => 0));
    for (const layer of hiddenLayers)
      for (const n of rowsOf(layer.factor)) {
        const x = presynaptic(layer, n);
        const give = (signs, by) =>
          addTo(sum[layer.l], by, { W: signs.map((s) => x.map((value) => s * value)), b: signs });
        if (mean && layer.last) {
          derivatives[0][layer.l] += change(layer, n, xi[0][layer.l][n]);
          for (let choice = 0; choice < 2 ** layer.width; choice++) {
            const signs = list(layer.width, (j) => ((choice >> j) & 1 ? 1 : -1));
            give(signs, change(layer, n, signs) / 2 ** layer.width);
          }
        } else
          for (let k = 0; k < DRAWS; k++) {
            const signs = xi[k][layer.l][n];
            const c = change(layer, n, signs);
            derivatives[k][layer.l] += c;
            give(signs, c / DRAWS);
          }
      }
    return { directions: xi, gradient: sum, derivatives };
  }

  /** Each row of a factor moves along signs r, s of its own: D ∘ r sᵀ and β ∘ r, layer by layer or all at once. */
  function flipout(layerwise) {
    const directions = list(DRAWS, () =>
      factors.flatMap(({ first, readout }, factor) =>
        list(readout - first + 1, (d) => {
          const map = weights[first + d];
          return {
            ...like(map, sign),
            rows: rowsOf(factor).map(() => ({ r: map.b.map(sign), s: map.W[0].map(sign) })),
          };
        }),
      ),
    );
    const sum = zeros(net);
    const derivatives = directions.map((maps) => {
      const own = (l, n) => {
        const { r, s } = maps[l].rows[n];
        return like(weights[l], (j, i) => (i < 0 ? maps[l].b[j] * r[j] : maps[l].W[j][i] * r[j] * s[i]));
      };
      const groups = layerwise ? weights.map((_, l) => (other) => other === l) : [() => true];
      return groups.map((has) => {
        let total = 0;
        factors.forEach(({ first, readout }, factor) => {
          const maps = list(readout - first + 1, (d) => first + d).filter(has);
          if (maps.length === 0) return;
          for (const n of rowsOf(factor)) {
            const c = lossAlong(
              (l) => (has(l) ? own(l, n) : undefined),
              (m, row) => m === factor && row === n,
            );
            total += c;
            for (const l of maps) addTo(sum[l], c / DRAWS, own(l, n));
          }
        });
        return total;
      });
    });
    return { directions, gradient: sum, derivatives };
  }

  /** All rows see the same change of the weights: central differences of the loss itself. */
  function differences(layerwise) {
    const directions = list(DRAWS, () => weights.map((map) => like(map, sign)));
    const sum = zeros(net);
    const derivatives = directions.map((maps) => {
      const groups = layerwise ? weights.map((_, l) => (other) => other === l) : [() => true];
      return groups.map((has) => {
        const at = (amount) => {
          const shifted = weights.map((map, l) => {
            const by = has(l) ? amount : 0;
            return {
              W: map.W.map((row, j) => row.map((w, i) => w + by * maps[l].W[j][i])),
              b: map.b.map((w, j) => w + by * maps[l].b[j]),
            };
          });
          return run(net, atRest({ ...net, weights: shifted })).loss.value;
        };
        const c = (at(EPSILON) - at(-EPSILON)) / (2 * EPSILON);
        weights.forEach((_, l) => has(l) && addTo(sum[l], c / DRAWS, maps[l]));
        return c;
      });
    });
    return { directions, gradient: sum, derivatives };
  }

  return [
    { method: 'SG-BP', directions: [], gradient, derivatives: [] },
    { method: 'SG-RFG-A', ...activity(moved, false) },
    { method: 'SG-RFG-A', mean: true, ...activity(moved, true) },
    { method: 'WP-A', ...activity(shaken, false) },
    { method: 'WP-A', mean: true, ...activity(shaken, true) },
    { method: 'SG-RFG-G-flipout', ...flipout(false) },
    { method: 'SG-RFG-L-flipout', ...flipout(true) },
    { method: 'WP-G', ...differences(false) },
    { method: 'WP-L', ...differences(true) },
  ];
}

const SHAPES = [
  { name: 'estimators, mlp', T: 9, leak: 0.9, centre: 0, rank: 1, shapes: [[2, 4, 3]], rows: [3] },
  {
    ...{ name: 'estimators, product', T: 8, leak: 1, centre: 0.5, rank: 2 },
    ...{
      shapes: [
        [2, 3, 3],
        [1, 4],
      ],
      rows: [2, 3],
    },
  },
];

const cases = SHAPES.map((shape) => {
  for (let seed = 1; ; seed++) {
    const net = makeNetwork(seed, shape);
    least = Number.POSITIVE_INFINITY;
    const rest = run(net, atRest(net));
    const dead = rest.traces.some((rows) =>
      rows.some(({ rates }) => rates.some((layer) => !layer.some((r) => r > 0 && r < 1))),
    );
    if (dead || least < GAP) continue;
    const estimates = estimatesOf(net, rest);
    if (least < GAP) continue;
    const { factors, ...written } = net;
    return {
      ...written,
      ...{ seed, sigma: SIGMA, epsilon: EPSILON, least_distance: least },
      hidden: factors.map(({ hidden }) => hidden),
      spikes: rest.traces.map((rows) => rows.map(({ trace }) => trace.map(({ spikes }) => spikes))),
      membranes: rest.traces.map((rows) => rows.map(({ trace }) => trace.map(({ membranes }) => membranes))),
      output: rest.output.map(({ value }) => value),
      loss: rest.loss.value,
      estimates,
    };
  }
});
const conventions = {
  dynamics: 'U[t]=leak*U_after[t-1]+Z[t]; S[t]=1 if U[t]>=threshold else 0; U_after[t]=U[t]-threshold*S[t]',
  derivative:
    'of S: f(U-threshold) by the density of a normal distribution of width sigma; none through the reset',
  output:
    'sum over i of the product over factors of scale*(W (mean rate - centre) + b)_i; last factor fastest; loss: mean squared error',
  layers: 'factor by factor: hidden layers, then the read-out',
  histories: '[factor][row][depth][t][neuron]; membranes before the reset',
  activity:
    'directions[k][layer][row][neuron]: xi, held over all steps; one row at a time; layer inputs: mean rates of the layer below; read-outs: exact gradient',
  mean: 'last hidden layers: mean of c*xi over all xi of +-1; derivatives there: for xi = 1',
  flipout:
    'directions[k][layer]: W, b and of each row signs r of outputs, s of inputs; row n moves along W r s, b r',
};
writeFileSync(
  new URL('./estimators.json', import.meta.url),
  `${JSON.stringify({ conventions, estimators: cases })}\n`,
);
console.log(
  cases.map(({ name, seed, least_distance }) => `${name}: seed ${seed}, ${least_distance}`).join('\n'),
);
