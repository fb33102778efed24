/**
 * Trains small spiking networks with back-propagation or the randomized forward-mode gradient of arXiv:2411.07057, by the code of Spiking
 * Playground's page and without it: settings (`resolveConfig`), experiments, methods, engines, runs and run files. The mathematics
 * under it is in `spiking-playground/snn`.
 *
 * @packageDocumentation
 */
export type { Experiment, Operator, Paper } from '../experiments/experiment.ts';
export { EXPERIMENTS } from '../experiments/table.ts';
export type { Method } from '../methods/index.ts';
export { METHODS, methodOf } from '../methods/index.ts';
export type { ProblemData } from '../problems/problem.ts';
export { pooledRelativeL2, relativeErrors, relativeL2 } from '../problems/problem.ts';
export type { Bounds, Field } from '../settings/fields.ts';
export { ConfigError } from '../settings/fields.ts';
export type { Config, ExperimentName, FieldName, Pinned } from '../training/config.ts';
export { FIELDS, formatField, methodName, parseField } from '../training/config.ts';
export { DataStore } from '../training/data-store.ts';
export type {
  AdvanceRequest,
  Chunk,
  Engine,
  GradientReport,
  GradientRequest,
  RunState,
  Task,
  Trace,
} from '../training/engine.ts';
export { initialState } from '../training/engine.ts';
export { resolveConfig } from '../training/presets.ts';
export { Run } from '../training/run.ts';
export type { RunFile } from '../training/run-file.ts';
export { formatRun, parseRun, RunFileError, readRun } from '../training/run-file.ts';
export type { ChangeLog, Metric, SavedRun } from '../training/saved-run.ts';
export type { Specs } from '../training/specs.ts';
export { specsOf } from '../training/specs.ts';
export { createEngine, type LibraryEngine } from './engine.ts';
