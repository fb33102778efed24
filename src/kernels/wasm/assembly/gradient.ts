import { factorAt, hiddenAt, inputsOf, isHeld, layerAt, task } from './access';
import { adjointRow, clearAdjoints, combineHead, projectRow, setLoss } from './combine';
import { packAll, packHidden, packTransposed, unpackGradient } from './pack';
import { allPerturbed, beginPerturbed, perturbRows } from './perturb';
import { beginNodes, finishNodes } from './nodes';
import { Derivation, Factor, Perturbation, Surrogate } from './records';
import { reverseRow } from './reverse';
import { setDirections } from './rows';
import { simulateRow } from './simulate';
import { meanInputs } from './synapse';
import { finishTangents, startTangents } from './tangent';

/** What of a gradient is being computed: a step may take long, so it can be left between two rows and gone on with. */
enum Phase {
  /** One factor: every row from its inputs to its part of the gradient. */
  whole,
  /** Several factors: rows up to their projections. */
  forward,
  /** Several factors: their parts of the gradient, once the error is known. */
  derive,
  /** WP: simulations at shifted weights. */
  perturb,
  done,
}

let phase: i32 = Phase.done;
/** Directions of the gradient at hand, and the factor and row that come next. */
let along: usize = 0;
let nextFactor: i32 = 0;
let nextRow: i32 = 0;

/**
 * Begins with the loss of the batch at θ and its gradient (BP) or gradient estimate (RFG, WP), flat in task.gradientFlat.
 * @param directions K directions of length P.
 */
export function beginGradient(directions: usize): void {
  packAll(task.theta, task.thetaSet, true);
  if (task.derivation == Derivation.reverse) packTransposed(task.theta);
  setDirections(directions);
  if (task.derivation == Derivation.forward) packDirections(directions);
  memory.fill(task.packedGradient, 0, task.packedGradientBytes);
  memory.fill(task.derivatives, 0, (<usize>(task.directionCount * task.groups)) << 3);
  setLoss(0);
  along = directions;
  if (task.fused && perturbsNodes()) beginNodes();
  enter(task.fused ? Phase.whole : Phase.forward);
}

// @ts-ignore: decorator
@inline
function perturbsNodes(): bool {
  return task.derivation == Derivation.differences && task.perturbation == Perturbation.activity;
}

/** Surrogate derivatives are computed. */
// @ts-ignore: decorator
@inline
function derives(): bool {
  return task.surrogate != Surrogate.none;
}

/** The loss is taken back to every row's projections. */
// @ts-ignore: decorator
@inline
function takesAdjoints(): bool {
  return derives() || perturbsNodes();
}

/** Goes on by at most `rows` rows. @returns whether loss and gradient are complete. */
export function continueGradient(rows: i32): bool {
  while (phase != Phase.done) {
    if (rows <= 0) return false;
    if (phase == Phase.perturb) {
      rows = perturbRows(along, rows);
      if (allPerturbed()) {
        estimate(along);
        phase = Phase.done;
      }
      continue;
    }
    const from = nextRow;
    const to = min(factorAt(nextFactor).rows, from + rows);
    if (phase == Phase.whole) wholeRows(from, to);
    else if (phase == Phase.forward) forwardRows(nextFactor, from, to);
    else deriveRows(nextFactor, from, to);
    rows -= to - from;
    nextRow = to;
    if (to == factorAt(nextFactor).rows) closeFactor();
  }
  return true;
}

function enter(next: i32): void {
  phase = next;
  nextFactor = next == Phase.whole ? 2 : task.first;
  nextRow = 0;
}

/** All rows of a factor have been gone through. */
function closeFactor(): void {
  if (phase == Phase.forward && takesAdjoints()) clearAdjoints(nextFactor, 0, factorAt(nextFactor).rows);
  nextFactor++;
  nextRow = 0;
  if (nextFactor < 3) return;
  if (phase == Phase.forward) {
    for (let h = 0; h < task.headCount; h++) combineHead(h, 0, factorAt(2).rows, takesAdjoints());
    if (takesAdjoints()) {
      if (perturbsNodes()) beginNodes();
      enter(Phase.derive);
      return;
    }
  }
  closeRows();
}

/** All rows have been gone through: what is left is summed up, or begun under WP. */
function closeRows(): void {
  phase = Phase.done;
  if (task.derivation == Derivation.reverse || perturbsNodes()) unpackGradient();
  else if (task.derivation == Derivation.forward) {
    unpackGradient();
    if (task.perturbation == Perturbation.parameters) {
      addProjections(along);
      estimate(along);
    }
  } else if (task.derivation == Derivation.differences) {
    beginPerturbed(along);
    phase = Phase.perturb;
  }
}

function packDirections(directions: usize): void {
  if (task.perturbation == Perturbation.activity) return;
  for (let k = 0; k < task.directionCount; k++) {
    const flat = directions + ((<usize>(k * task.directionLength)) << 2);
    const at = <usize>k * task.directionBytes;
    if (task.perturbation == Perturbation.flipout) packAll(flat, task.plainSets + at, false);
    else packHidden(flat, task.directionSets + at, task.directionTables != 0);
  }
}

/**
 * With one factor, a row's output and error depend on that row alone: it is finished before the next one
 * starts.
 */
function wholeRows(from: i32, to: i32): void {
  const factor = factorAt(2);
  for (let row = from; row < to; row++) {
    simulateRow(factor, task.thetaSet, row, factor.rates, derives());
    projectRow(2, task.thetaSet, row, factor.rates);
    clearAdjoints(2, row, row + 1);
    for (let h = 0; h < task.headCount; h++) combineHead(h, row, row + 1, true);
    finishRow(2, row, factor.rates);
  }
}

/**
 * With several factors the error of a row depends on all rows of the others. So they are simulated, combined,
 * and simulated once more with derivatives when ∂L/∂r̄ is known. A factor with one hidden layer whose inputs are held needs only
 * the slopes of its rates, which the first pass has left.
 */
function forwardRows(f: i32, from: i32, to: i32): void {
  const slopes = derives() && factorAt(f).depths == 1 && isHeld(factorAt(f), 0);
  const factor = factorAt(f);
  for (let row = from; row < to; row++) {
    const rates = factor.rates + <usize>row * factor.ratesStride;
    simulateRow(factor, task.thetaSet, row, rates, slopes);
    projectRow(f, task.thetaSet, row, rates);
  }
}

function deriveRows(f: i32, from: i32, to: i32): void {
  const factor = factorAt(f);
  for (let row = from; row < to; row++) {
    const rates = factor.rates + <usize>row * factor.ratesStride;
    if (factor.depths > 1 || (derives() && !isHeld(factor, 0)))
      simulateRow(factor, task.thetaSet, row, rates, derives());
    finishRow(f, row, rates);
  }
}

function finishRow(f: i32, row: i32, rates: usize): void {
  const factor = factorAt(f);
  adjointRow(f, row, rates);
  if (factor.means) meanInputs(factor, hiddenAt(factor, 0), row);
  if (task.derivation == Derivation.reverse) {
    reverseRow(factor, row);
    return;
  }
  if (perturbsNodes()) {
    finishNodes(f, row, rates);
    return;
  }
  // With one hidden layer and held inputs a tangent is its current times the slope: no time step is left to carry it through.
  if (factor.depths == 1 && isHeld(factor, 0)) startTangents(factor, row);
  finishTangents(f, row, rates);
}

/** Read-outs and local projections are linear: their part of a directional derivative is gradient · δθ. */
function addProjections(directions: usize): void {
  for (let k = 0; k < task.directionCount; k++) {
    for (let index = 0; index < task.layerCount; index++) {
      const layer = layerAt(index);
      if (layer.hidden) continue;
      const direction = directions + ((<usize>(k * task.directionLength)) << 2);
      let sum: f64 = 0;
      for (let j = (<usize>layer.weights) << 2; j < (<usize>layer.end) << 2; j += 4) {
        sum += <f64>load<f32>(task.gradientFlat + j) * <f64>load<f32>(direction + j);
      }
      const at = task.derivatives + ((<usize>(k * task.groups + (task.global ? 0 : index))) << 3);
      store<f64>(at, load<f64>(at) + sum);
    }
  }
}

/**
 * g = (1/K) Σ_k c_k δθ_k, layer by layer divided by s_l². A vector's excess over a layer's end is overwritten
 * by the next.
 */
function estimate(directions: usize): void {
  for (let index = 0; index < task.layerCount; index++) {
    const layer = layerAt(index);
    const end = (<usize>layer.end) << 2;
    for (let j = (<usize>layer.weights) << 2; j < end; j += 16)
      v128.store(task.gradientFlat + j, f32x4.splat(0));
    for (let k = 0; k < task.directionCount; k++) {
      const c = load<f64>(task.derivatives + ((<usize>(k * task.groups + (task.global ? 0 : index))) << 3));
      const by = f32x4.splat(<f32>(c * <f64>layer.estimateFactor));
      const direction = directions + ((<usize>(k * task.directionLength)) << 2);
      for (let j = (<usize>layer.weights) << 2; j < end; j += 16) {
        const g = task.gradientFlat + j;
        v128.store(g, f32x4.add(v128.load(g), f32x4.mul(by, v128.load(direction + j))));
      }
    }
  }
}
