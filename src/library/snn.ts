/**
 * The mathematics in float64, written to be read: spiking networks of one factor or of several that are multiplied, their simulation,
 * surrogate gradients, back-propagation through time, forward mode along directions, finite differences, optimisers and the
 * counter-based random numbers that all of it draws. No DOM, no GPU, no tensor library.
 *
 * @packageDocumentation
 */
export { backprop } from '../snn/backprop.ts';
export { type BatchSpec, drawBatch, gather, type Sampling } from '../snn/batch.ts';
export { combine, type HeadValue, type Rates, totalLoss } from '../snn/combine.ts';
export { type DirectionLaw, type DirectionSpec, drawDirections } from '../snn/directions.ts';
export { forward, forwardMode, tangentOf } from '../snn/forward-mode.ts';
export { gradientOf } from '../snn/gradient.ts';
export { type InitialisationKind, type InitialisationSpec, initialising } from '../snn/initialise.ts';
export type { Derivation, GradientResult, MethodSpec, Perturbation } from '../snn/method.ts';
export {
  type Dataset,
  type FactorData,
  type FactorSpec,
  type Head,
  type Layer,
  type Layout,
  type Network,
  type NetworkSpec,
  networkFrom,
} from '../snn/network.ts';
export { Neuron, type NeuronSpec, type Reset } from '../snn/neuron.ts';
export {
  type OptimiserKind,
  type OptimiserSpec,
  type UpdateScalars,
  update,
  updateScalars,
} from '../snn/optimiser.ts';
export { RandomSequence, Stream } from '../snn/random.ts';
export { learningRate, type ScheduleKind, type ScheduleSpec } from '../snn/schedule.ts';
export { type NeuronId, silence } from '../snn/silence.ts';
export { type Simulation, type SimulationRequest, simulate } from '../snn/simulate.ts';
export {
  drawnSamples,
  explicitSamples,
  gaussianSurrogate,
  type SurrogateSpec,
  type WsgSamples,
  weakFormTerm,
} from '../snn/surrogate.ts';
