import { bp } from '../methods/bp.ts';
import { rfgL } from '../methods/rfg.ts';
import { drawsDirections, groupsOf, isAveraged, shiftsCurrents } from '../snn/method.ts';
import { type Head, isHeld, type Layer, type Layout, type NetworkSpec } from '../snn/network.ts';
import { directionSize } from '../snn/row-directions.ts';
import { rateForward, rateReverse, ridgeFit } from './cost-indirect.ts';
import { type NeuronCost, neuronCost } from './cost-neuron.ts';
import {
  adds,
  count,
  dense,
  NOTHING,
  type Operations,
  operations,
  products,
  sum,
  times,
} from './operations.ts';
import type { Specs } from './specs.ts';

/**
 * What one training step costs: additions and multiplications, counted from the spikes that really occurred.
 *
 * The rules, for every method alike:
 *
 * - Only arithmetic on real numbers counts. Random numbers, comparisons, indices and memory traffic do not: what they cost is
 *   in the measured time.
 * - A spike is 0 or 1, so it is never multiplied with: it costs one addition for every weight it is sent through, and a
 *   neuron that is silent costs nothing. Real-valued inputs, tangents and adjoints are dense: a multiplication and an addition
 *   for every weight.
 * - Inputs are currents (direct coding). Where they are held, their product with the first layer's weights is made once a row; of
 *   sequences at every time step, where spikes of a coded series count as any other numbers.
 * - The signs that flipout gives each row are flipped bits: they cost nothing.
 * - Every accumulation is one addition, also the first. Divisions and square roots count as multiplications. The Gaussian
 *   of SG is x², a factor and 2^y by a polynomial of degree 5, as in the kernels: 7 multiplications, 8 additions.
 * - U - ϑ is one addition; its sign is the spike, and the surrogate takes the same number.
 *
 * `tests/metering/` computes whole training steps number by number through a meter that counts; the tests demand
 * that both agree exactly. A kernel may find short cuts (a first layer's tangent grows linearly in t at λ = 1): the count is of
 * the method as it is written down in src/snn.
 *
 * The paper's figure stands in `PAPER_PASSES`: BP a forward pass and a backward pass of twice its cost, RFG (randomized
 * forward-mode gradient) "a single forward pass", hence 66 % less. That leaves out the tangents. One tangent meets Ẇ S
 * (additions only, as W S) and W Ṡ, which is dense: a forward pass adds up spikes, a tangent multiplies real numbers, and one
 * is carried for each direction and, layer-wise, for each layer. What RFG can save is memory: `bytesForGradient` of BP grows
 * with T, that of RFG with K and the layers instead.
 *
 * Usage: `stepCost(specs, await countSpikes(engine, task, state))` (spike-counts.ts), then `energy(cost, HOROWITZ)`
 * (operations.ts). The worker's command `cost` answers both for a lane at its present state, with its measured time.
 */
export interface StepCost extends Operations {
  readonly parts: readonly CostPart[];
  /**
   * Bytes (float32, spikes as bits) kept for the gradient with the whole batch at once. BP: surrogate derivatives and spikes of
   * all T steps. ANN: rates. RFG: directions, and the tangents of the present step with their sums. WP: directions and one shifted θ; WP-A: directions,
   * and where a simulation starts again: the spikes of all T steps that feed a hidden layer, and the first layers' currents where inputs are held.
   */
  readonly bytesForGradient: number;
  /** Operations of the step / operations of one forward simulation of the same batch (spikes and read-out, no loss). */
  readonly forwardEquivalents: number;
  /** Operations of that forward simulation. */
  readonly forward: Operations;
}

/** Stages of a step, in order; those that a method does not have are left out. */
export const PART_NAMES = {
  rates: 'Rate network: currents and clipped rates',
  simulation: 'Simulation: currents, membranes, spikes',
  output: 'Read-out, product and loss',
  local: 'Local heads and their losses',
  surrogate: 'Surrogate derivative',
  reverse: 'Reverse scan',
  tangents: 'Tangents of forward mode',
  perturbed: 'Simulations with shifted weights or currents',
  estimate: 'Number × direction',
  fit: 'Simulation of all rows and fit of the read-out',
  update: 'Update',
} as const;
export type PartName = keyof typeof PART_NAMES;
export interface CostPart extends Operations {
  readonly name: PartName;
}

/** Spikes of a batch, summed over rows and time steps: [factor][hidden depth]. */
export type Spikes = readonly (readonly number[])[];

export interface SpikeCounts {
  /** At the weights of the run. */
  readonly batch: Spikes;
  /**
   * WP: at θ + εδ and θ - εδ, a pair for each direction and group in turn. WP-A: at +εξ and -εξ, a pair for each direction and
   * hidden layer, with the spikes of the batch where nothing is simulated again.
   */
  readonly perturbed: readonly Spikes[];
  /** RF (random features), when the next step fits the read-out: rows and spikes of all training data. */
  readonly fit?: { readonly rows: readonly number[]; readonly spikes: Spikes };
}

/** The paper's count of a step in forward passes: RFG 1 against BP 1 + 2, "about 66 % less". */
export const PAPER_PASSES = { BP: bp.paperPasses, RFG: rfgL.paperPasses } as const;
/** In per cent, as the paper rounds it. */
export const PAPER_SAVING = 66;

/** How often a step goes through all T time steps. Forward sweeps do not wait for each other; a backward one waits for its forward one. */
export interface Sweeps {
  readonly forward: number;
  readonly backward: number;
}

/**
 * Sweeps over time of one step. BP: the simulation, and the scan back. RFG: one, the tangents go along with the simulation.
 * WP: the loss, and two shifted simulations for each perturbation. ANN: none, rates stand for all time steps. RF: the loss; its first step simulates all training data too.
 */
export function sweepsOverTime(specs: Specs): Sweeps {
  return {
    reverse: { forward: 1, backward: 1 },
    forward: { forward: 1, backward: 0 },
    differences: { forward: 1 + 2 * perturbationsOf(specs).length, backward: 0 },
    rates: { forward: 0, backward: 0 },
    fit: { forward: 1, backward: 0 },
  }[specs.method.derivation];
}

/** What is shifted by +ε and by -ε: along direction k a group of parameters, or a hidden layer's currents. */
interface Perturbation {
  readonly k: number;
  readonly group: number | undefined;
}

/** All that finite differences of a step perturb, one after another. What is averaged over ξ takes no more than one. */
export function perturbationsOf({ layout, method, directions }: Specs): Perturbation[] {
  const groups = shiftsCurrents(method)
    ? layout.hidden.flat().map(({ index }) => index)
    : groupsOf(layout, method);
  return Array.from({ length: directions.count }, (_, k) =>
    groups
      .filter((group) => k === 0 || group === undefined || !isAveraged(method, layout, layout.layers[group]))
      .map((group) => ({ k, group })),
  ).flat();
}

/** Operations, bytes and forward-pass equivalents of one training step in which `counts` spikes occurred. */
export function stepCost(specs: Specs, counts: SpikeCounts): StepCost {
  const step = new Step(specs, counts);
  const parts = step.parts();
  const total = sum(...parts);
  const forward = step.forward();
  return {
    ...total,
    parts,
    bytesForGradient: step.bytes(),
    forwardEquivalents: operations(total) / operations(forward),
    forward,
  };
}

/** Firing rate taken for every neuron, spikes a time step, before any is known. */
const FIRING_RATE = 0.3;

/** Operations of a step in which every hidden neuron fires at the same rate. */
export function expectedOperations(specs: Specs): number {
  const { network, layout, batch, method } = specs;
  const spikes = layout.hidden.map((layers, factor) =>
    layers.map(({ outputs }) => batch.rows[factor] * network.T * outputs * FIRING_RATE),
  );
  const passes = method.derivation === 'differences' ? 2 * perturbationsOf(specs).length : 0;
  return operations(stepCost(specs, { batch: spikes, perturbed: new Array(passes).fill(spikes) }));
}

/** Bytes kept for the gradient of one step: see StepCost. They do not depend on the spikes. */
export function bytesForGradient(specs: Specs): number {
  return new Step(specs, { batch: [], perturbed: [] }).bytes();
}

/** The step taken apart; r below is a number of rows, n of neurons, s of spikes. */
class Step {
  private readonly network: NetworkSpec;
  private readonly layout: Layout;
  private readonly ofFactor: readonly NeuronCost[];

  constructor(
    private readonly specs: Specs,
    private readonly counts: SpikeCounts,
    private readonly rows: readonly number[] = specs.batch.rows,
  ) {
    this.network = specs.network;
    this.layout = specs.layout;
    this.ofFactor = specs.network.factors.map(({ synapse }) => neuronCost(specs.network, synapse));
  }

  parts(): CostPart[] {
    const { derivation } = this.specs.method;
    const [output, ...local] = this.layout.heads;
    const [reverse, tangents, differences, rates, fit] = (
      ['reverse', 'forward', 'differences', 'rates', 'fit'] as const
    ).map((kind) => derivation === kind);
    const errors = reverse || tangents || rates || this.shiftsCurrents;
    const when = (holds: boolean, part: () => Operations) => (holds ? part() : NOTHING);
    const parts: Record<PartName, Operations> = {
      rates: when(rates, () => sum(rateForward(this.specs), this.meansOfSequences())),
      simulation: when(!rates, () => this.simulation(this.counts.batch)),
      output: sum(this.projected(output), this.loss(errors)),
      local: when(!fit, () => sum(...local.map((head) => sum(this.projected(head), this.loss(errors))))),
      surrogate: when(reverse || tangents, () => this.surrogate()),
      reverse: sum(
        when(reverse || rates, () => this.reverseHeads()),
        when(reverse, () => this.reverseScan()),
        when(rates, () => rateReverse(this.specs)),
      ),
      tangents: when(tangents, () =>
        sum(
          this.tangents(),
          when(this.perRow, () => this.adjoints()),
        ),
      ),
      perturbed: when(differences, () =>
        this.shiftsCurrents ? this.perturbedCurrents() : this.perturbedWeights(),
      ),
      estimate: when(tangents || differences, () => this.estimate()),
      fit: when(fit, () => this.fit()),
      update: when(!fit, () => this.update()),
    };
    return (Object.keys(PART_NAMES) as PartName[])
      .filter((name) => operations(parts[name]) > 0)
      .map((name) => ({ name, ...parts[name] }));
  }

  forward(): Operations {
    return sum(this.simulation(this.counts.batch), this.projected(this.layout.heads[0]));
  }

  /** Every row is perturbed in its own way: flipout and activity perturbation. */
  private get perRow(): boolean {
    return this.specs.method.perturbation !== 'parameters';
  }

  private get shiftsCurrents(): boolean {
    return shiftsCurrents(this.specs.method);
  }

  private get directions(): number {
    return drawsDirections(this.specs.method) ? this.specs.directions.count : 0;
  }

  /** Membranes of a layer over the batch and all time steps. */
  private neurons(layer: Layer): number {
    return this.rows[layer.factor] * this.network.T * layer.outputs;
  }

  private get hidden(): readonly Layer[] {
    return this.layout.hidden.flat();
  }

  private neuron({ factor }: Layer): NeuronCost {
    return this.ofFactor[factor];
  }

  /** The read-out sees spikes weighted over time, not their mean. */
  private filtered({ factor }: Layer): boolean {
    return this.network.factors[factor].readDecay !== undefined;
  }

  /** Whether a layer's current is the same at all time steps. */
  private isHeld({ depth, factor }: Layer): boolean {
    return depth === 0 && isHeld(this.network, factor);
  }

  /** What a layer's input costs at one affine map: r·i·n products once or at every time step, or s·n additions. */
  private currents(layer: Layer, spikes: Spikes): Operations {
    if (this.isHeld(layer)) return dense(this.rows[layer.factor] * layer.inputs * layer.outputs);
    if (layer.depth === 0) return dense(this.neurons(layer) * layer.inputs);
    return adds(spikes[layer.factor][layer.depth - 1] * layer.outputs);
  }

  /** The neurons' steps and resets; one more, or ω[t], in the rate with each spike; r̄ = count/T. */
  private simulation(spikes: Spikes, layers = this.hidden, currents = true): Operations {
    return sum(
      ...layers.map((layer) =>
        sum(
          currents || !this.isHeld(layer) ? this.currents(layer, spikes) : NOTHING,
          times(this.neurons(layer), this.neuron(layer).step),
          times(spikes[layer.factor][layer.depth], sum(this.neuron(layer).reset, adds(1))),
          this.filtered(layer) ? NOTHING : products(this.rows[layer.factor] * layer.outputs),
        ),
      ),
    );
  }

  /** SG: 7 products, 8 additions. WSG: for each sample σδ, x + σδ and the sum of those that cross; 1/(σ²K) once. */
  private surrogate(): Operations {
    const { kind, samples } = this.specs.method.surrogate;
    const each = kind === 'SG' ? count(8, 7) : count(2 * samples, samples + 1);
    return times(
      this.hidden.reduce((n, layer) => n + this.neurons(layer), 0),
      each,
    );
  }

  private layersOf(head: Head): Layer[] {
    return head.layers.map((index) => this.layout.layers[index]);
  }
  /** W r̄ of a read-out or of a projection: as many products as weights, a row. */
  private map(layer: Layer): Operations {
    return dense(this.rows[layer.factor] * layer.inputs * layer.outputs);
  }
  private scaled(layer: Layer): Operations {
    return products(this.rows[layer.factor] * layer.outputs);
  }

  /** Points of the rows' tensor product. */
  private get points(): number {
    return this.rows.reduce((n, r) => n * r, 1);
  }

  /** q = scale · (W (r̄ - c) + b) of every factor, and y = Σ_i Π_m q_i. */
  private projected(head: Head): Operations {
    return sum(...this.layersOf(head).map((layer) => this.projection(layer)), this.product(head));
  }
  private projection(layer: Layer): Operations {
    const centred = this.network.centre === 0 ? 0 : 1;
    return sum(adds(centred * this.rows[layer.factor] * layer.inputs), this.map(layer), this.scaled(layer));
  }

  /** Prefix by prefix: rows of the first two factors, then of three; then the sum over i. */
  private product(head: Head): Operations {
    let prefix = this.rows[0];
    let multiplied = 0;
    for (const r of this.rows.slice(1)) {
      prefix *= r;
      multiplied += prefix * head.rank;
    }
    return count(this.points * head.rank, multiplied);
  }

  /** Σ (y - u)², times weight/N; the error 2 weight/N (y - u) when a derivative is wanted. */
  private loss(withError: boolean): Operations {
    return sum(adds(this.points), dense(this.points), dense(1), products(withError ? this.points : 0));
  }

  /** All tangents that are carried along the directions, and ẏ · ∂L/∂y of every head. */
  private tangents(): Operations {
    const { layerwise } = this.specs.method;
    const activity = this.specs.method.perturbation === 'activity';
    if (!layerwise) {
      const carried = this.hidden.map((layer) => this.tangent(layer, true, layer.depth > 0));
      const heads = this.layout.heads.map((head) => this.headTangent(head, this.layersOf(head), true, true));
      return times(this.directions, sum(...carried, ...heads));
    }
    const groups = this.layout.layers.map((start) => {
      if (start.role !== 'hidden') {
        if (activity) return NOTHING;
        const head = this.layout.heads.find(({ layers }) => layers.includes(start.index))!;
        return times(this.directions, this.headTangent(head, [start], true, false));
      }
      const carried = this.layout.hidden[start.factor]
        .filter((layer) => layer.depth >= start.depth)
        .map((layer) => this.tangent(layer, layer === start && !activity, layer !== start));
      if (this.isAveraged(start)) return sum(...carried, this.changesByTangent(start));
      const heads = this.layout.heads.map((head) => {
        const reached = this.layersOf(head).filter(
          (layer) => layer.factor === start.factor && layer.depth >= start.depth,
        );
        return reached.length > 0 ? this.headTangent(head, reached, false, true) : NOTHING;
      });
      return times(this.directions, sum(...carried, ...heads));
    });
    return sum(...groups);
  }

  /** Of every row and neuron ṙ times Wᵀ ∂L/∂q, scaled. */
  private changesByTangent({ factor, depth, outputs }: Layer): Operations {
    const reading = this.layout.heads
      .flatMap((head) => this.layersOf(head))
      .filter((reader) => reader.factor === factor && reader.depth === depth);
    return sum(...reading.map((reader) => this.map(reader)), products(this.rows[factor] * outputs));
  }

  /** Ż = Ẇ S + ḃ (`own`) and W Ṡ (`through`), the neurons' tangents, and the mean of Ṡ over t. */
  private tangent(layer: Layer, own: boolean, through: boolean): Operations {
    return sum(
      own ? this.currents(layer, this.counts.batch) : NOTHING,
      through ? dense(this.neurons(layer) * layer.inputs) : NOTHING,
      times(this.neurons(layer), sum(this.neuron(layer).tangent, this.filtered(layer) ? dense(1) : adds(1))),
      this.filtered(layer) ? NOTHING : products(this.rows[layer.factor] * layer.outputs),
    );
  }

  /** q̇ of the `moving` projections, one product for each with q̇ in place of q, their sum, and Σ ∂L/∂y ẏ. */
  private headTangent(head: Head, moving: readonly Layer[], own: boolean, through: boolean): Operations {
    const maps = Number(own) + Number(through);
    // Row by row: q̇, not yet scaled, with ∂L/∂q.
    if (this.perRow)
      return sum(
        ...moving.map((layer) =>
          sum(times(maps, this.map(layer)), dense(this.rows[layer.factor] * layer.outputs)),
        ),
      );
    const projections = moving.map((layer) => sum(times(maps, this.map(layer)), this.scaled(layer)));
    const joined = adds((moving.length - 1) * this.points);
    return sum(...projections, times(moving.length, this.product(head)), joined, dense(this.points));
  }

  /** ∂L/∂q of every head, scaled. */
  private adjoints(): Operations {
    const others = this.rows.length - 1;
    const each = count(
      this.points * this.layout.heads.reduce((n, head) => n + head.rank, 0) * this.rows.length,
      this.points * this.layout.heads.reduce((n, head) => n + head.rank, 0) * this.rows.length * others,
    );
    const scaled = this.layout.heads.flatMap((head) =>
      this.layersOf(head).map((layer) => this.scaled(layer)),
    );
    return sum(each, ...scaled);
  }

  /** ∂L/∂q, ∂L/∂W and ∂L/∂r̄ of every head. */
  private reverseHeads(): Operations {
    return sum(
      ...this.layout.heads.flatMap((head) =>
        this.layersOf(head).map((layer) => {
          const others = this.rows.length - 1;
          const adjoint = count(this.points * head.rank, this.points * head.rank * others);
          const bias = adds(this.rows[layer.factor] * layer.outputs);
          return sum(adjoint, this.scaled(layer), bias, times(2, this.map(layer)));
        }),
      ),
    );
  }

  /** The scan back through time. */
  private reverseScan(): Operations {
    const scan = this.hidden.map((layer) => {
      const next = this.layout.hidden[layer.factor][layer.depth + 1];
      const [r, n] = [this.rows[layer.factor], this.neurons(layer)];
      return sum(
        products(this.filtered(layer) ? n : r * layer.outputs), // ∂L/∂r̄ / T, or times ω[t]
        next ? dense(n * next.outputs) : NOTHING, // W_nextᵀ Ū_next
        times(n, this.neuron(layer).adjoint),
        adds(n), // Σ_t Ū: the bias, and all that a constant input needs
        this.isHeld(layer) ? adds(r * layer.outputs) : NOTHING,
        this.currents(layer, this.counts.batch), // Ū S_prevᵀ or Ū xᵀ, where x is held (Σ_t Ū) xᵀ once a row
      );
    });
    return sum(...scan);
  }

  /** For each direction and group: θ ± εδ there, two forward passes with their own spikes, (L₊ - L₋)/2ε. */
  private perturbedWeights(): Operations {
    const sizes = this.specs.method.layerwise
      ? this.layout.layers.map((layer) => layer.end - layer.weights)
      : [this.layout.size];
    const shifts = times(this.directions, sum(...sizes.map((size) => count(2 * size, size))));
    const heads = this.layout.heads.map((head) => sum(this.projected(head), this.loss(false)));
    const passes = this.counts.perturbed.map((spikes) => sum(this.simulation(spikes), ...heads));
    return sum(shifts, ...passes, times(this.directions * sizes.length, dense(1)));
  }

  /**
   * For each perturbation: ±εξ on the currents of a hidden layer, two simulations from there on with their own spikes (held currents
   * are kept), the projections at both, and what they say of every row. Adjoints and second derivatives once.
   */
  private perturbedCurrents(): Operations {
    const pairs = perturbationsOf(this.specs).map(({ group }, i) => {
      const layer = this.layout.layers[group!];
      const averaged = this.isAveraged(layer);
      const n = this.rows[layer.factor] * layer.outputs;
      const above = this.layout.hidden[layer.factor].slice(layer.depth);
      const reading = this.layout.heads
        .flatMap((head) => this.layersOf(head))
        .filter((reader) => reader.factor === layer.factor && reader.depth >= layer.depth);
      const spikes = this.counts.perturbed.slice(2 * i, 2 * i + 2);
      return sum(
        averaged ? adds(2 * n) : count(2 * n, n),
        ...spikes.map((of) => this.simulation(of, above, !this.isHeld(layer))),
        ...reading.map((reader) => sum(times(2, this.projection(reader)), this.slopes(reader))),
        averaged ? this.changesByNeuron(layer, reading) : this.lossChanges(layer, reading),
      );
    });
    return sum(this.adjoints(), ...this.layout.heads.map((head) => this.curvatures(head)), ...pairs);
  }

  private isAveraged(layer: Layer): boolean {
    return isAveraged(this.specs.method, this.layout, layer);
  }

  /** ∂L/∂q half-way: of every row (q⁺ + q⁻)/2 - q, G times that, 2 weight/N, + ∂L/∂q. */
  private slopes({ factor, outputs: rank }: Layer): Operations {
    return times(this.rows[factor], sum(count(2 * rank, rank), dense(rank * rank), count(rank, rank)));
  }

  /** Of every row (q⁺ - q⁻) · ∂L/∂q, over 2ε. */
  private lossChanges({ factor }: Layer, reading: readonly Layer[]): Operations {
    const r = this.rows[factor];
    const changes = reading.map(({ outputs: rank }) => times(r, sum(adds(rank), dense(rank))));
    return sum(...changes, products(r));
  }

  /** Of every row and neuron (r⁺ - r⁻) (Wᵀ scale ∂L/∂q). */
  private changesByNeuron({ factor, outputs }: Layer, reading: readonly Layer[]): Operations {
    const n = this.rows[factor] * outputs;
    return sum(...reading.map((reader) => sum(this.scaled(reader), this.map(reader))), count(n, n));
  }

  /** Q_kᵀ Q_k of every factor, and of each the product over the others. */
  private curvatures({ rank }: Head): Operations {
    const factors = this.rows.length;
    if (factors === 1) return NOTHING;
    const grams = this.rows.map((r) => dense(r * rank * rank));
    return sum(...grams, products(factors * (factors - 2) * rank * rank));
  }

  /** c / (K s_l²) for each layer, then its product with the direction. Row by row where each has its own. */
  private estimate(): Operations {
    if (this.perRow) return this.rowEstimate();
    const each = sum(products(this.layout.layers.length), dense(this.layout.size));
    return times(this.directions, each);
  }

  /** Flipout: c_n d_n of all layers. A: c_n ξ_n xᵀ and c_n ξ_n of hidden layers; the delta rule of linear ones, once. */
  private rowEstimate(): Operations {
    const activity = this.specs.method.perturbation === 'activity';
    const parts = this.layout.layers.map((layer) => {
      const r = this.rows[layer.factor];
      if (!activity) return times(this.directions, sum(products(r), dense(r * (layer.end - layer.weights))));
      const bias = adds(r * layer.outputs);
      if (layer.role !== 'hidden') return sum(bias, this.map(layer));
      const scaled = products(r * layer.outputs);
      const each = sum(bias, this.map(layer));
      if (this.isAveraged(layer)) return this.shiftsCurrents ? sum(scaled, each) : each;
      return times(this.directions, sum(products(r), scaled, each));
    });
    return sum(...parts, activity ? this.meansOfSequences() : NOTHING);
  }

  /** The mean over time of every input of a first layer, as each of its neurons weighs it. */
  private meansOfSequences(): Operations {
    const weighed = this.hidden.filter(({ depth, factor }) => depth === 0 && !isHeld(this.network, factor));
    return sum(...weighed.map((layer) => dense(this.neurons(layer) * layer.inputs)));
  }

  /** RF: as at the batch, with the rows of all training data; then ridge regression. */
  private fit(): Operations {
    const { fit } = this.counts;
    if (!fit) return NOTHING;
    const all = new Step(this.specs, this.counts, fit.rows);
    return sum(all.simulation(fit.spikes), ridgeFit(this.specs, fit.rows));
  }

  private update(): Operations {
    const [P, layers] = [this.layout.size, this.layout.layers.length];
    const { kind } = this.specs.optimiser;
    // η_l of every layer; normalised: ‖g‖ + ε and η_l/‖g‖; Adam: its first bias correction goes into η_l.
    if (kind === 'sgd') return sum(products(layers), dense(P));
    if (kind === 'normalised') return sum(dense(P), count(1, 1), products(2 * layers), dense(P));
    // m: 2 products, v: 3, v̂, its root, η m̂, the quotient; sums in m, v, + ε, θ.
    return sum(products(2 * layers), count(4 * P, 9 * P));
  }

  bytes(): number {
    const { derivation, perturbation, layerwise } = this.specs.method;
    if (derivation === 'fit') return 0;
    const directions = 4 * this.directions * directionSize(this.layout, perturbation, this.rows);
    if (derivation === 'differences' && !this.shiftsCurrents) return directions + 4 * this.layout.size;
    let bits = 0;
    for (const layer of this.hidden) {
      const feedsOn = layer.depth + 1 < this.layout.hidden[layer.factor].length;
      if (this.shiftsCurrents) {
        const current = this.isHeld(layer) ? 32 * this.rows[layer.factor] * layer.outputs : 0;
        bits += current + (feedsOn ? this.neurons(layer) : 0);
      } else if (derivation === 'rates') bits += 32 * this.rows[layer.factor] * layer.outputs;
      else if (derivation === 'reverse')
        bits += this.neurons(layer) * (32 + (feedsOn || this.neuron(layer).keepsSpikes ? 1 : 0));
      else {
        const own = this.isAveraged(layer) ? 1 : this.directions;
        const carried = own + (layerwise ? this.directions * layer.depth : 0);
        bits +=
          carried * (3 + this.neuron(layer).synapseState) * 32 * this.rows[layer.factor] * layer.outputs;
      }
    }
    return directions + Math.ceil(bits / 8);
  }
}
