import type { Dataset } from '../../snn/network.ts';
import { type Arrangement, arrange, type Limits, THREADS } from './arrangement.ts';
import { constantsOf } from './constants.ts';
import { runsThatFit } from './limits.ts';
import { tablesOf } from './tables.ts';
import combine from './wgsl/combine.wgsl?raw';
import common from './wgsl/common.wgsl?raw';
import gather from './wgsl/gather.wgsl?raw';
import neuron from './wgsl/neuron.wgsl?raw';
import neurons from './wgsl/neurons.wgsl?raw';
import nodes from './wgsl/nodes.wgsl?raw';
import perturb from './wgsl/perturb.wgsl?raw';
import place from './wgsl/place.wgsl?raw';
import product from './wgsl/product.wgsl?raw';
import project from './wgsl/project.wgsl?raw';
import reverse from './wgsl/reverse.wgsl?raw';
import rows from './wgsl/rows.wgsl?raw';
import simulate from './wgsl/simulate.wgsl?raw';
import sum from './wgsl/sum.wgsl?raw';
import surrogate from './wgsl/surrogate.wgsl?raw';
import update from './wgsl/update.wgsl?raw';
import type { Work } from './work.ts';

/** What each entry point is compiled from, after the constants of the work. */
const SOURCES = {
  simulate: [common, surrogate, neuron, place, neurons, project, simulate],
  combine: [common, sum, product, combine],
  outputs: [common, sum, product, combine],
  perturb: [common, sum, product, perturb],
  row_differences: [common, sum, product, nodes],
  reverse: [common, neuron, gather, reverse],
  row_derivatives: [common, gather, rows],
  row_gradient: [common, gather, rows],
  update: [common, sum, update],
  reduce: [common, sum, update],
  update_reduced: [common, sum, update],
};
type Stage = keyof typeof SOURCES;

/** One dispatch: a stage and its workgroups; the third dimension is the runs. */
export interface Dispatch {
  readonly stage: Stage;
  readonly x: number;
  readonly y: number;
}

/** The dispatches of one step, or of one evaluation, in order. */
export function dispatchesOf(a: Arrangement, limits: Limits): Dispatch[] {
  const { work } = a;
  // Stages whose workgroups go through the work in strides make do with any number of them.
  const most = limits.maxComputeWorkgroupsPerDimension;
  const strided = (stage: Stage, x: number, y = 1): Dispatch => ({ stage, x: Math.min(x, most), y });
  const list = [strided('simulate', a.simulationBlocks, a.simulationGroups)];
  if (a.combines) list.push({ stage: 'combine', x: a.allCombineBlocks, y: a.heads.length });
  else if (work.derivation === 'differences')
    list.push({ stage: 'perturb', x: a.combineBlocks, y: a.heads.length * (1 + a.derivatives) });
  if (work.derivation === 'reverse') list.push({ stage: 'reverse', x: a.reverseBlocks, y: 1 });
  if (a.perRow) {
    const numbers = Math.max(...a.factors.map((factor) => factor.rows * factor.rowSlots));
    if (a.nodes) list.push({ stage: 'row_differences', x: a.allCombineBlocks, y: 1 });
    else list.push(strided('row_derivatives', Math.ceil(numbers / THREADS), a.factors.length));
    list.push({ stage: 'row_gradient', x: a.reverseBlocks, y: 1 });
  }
  if (work.output) list.push(strided('outputs', Math.ceil(a.points / THREADS)));
  if (work.derivation === 'none') return list;

  const apart = work.optimiser === 'normalised' && !a.normInline;
  if (work.optimiser === 'none' || apart) list.push(strided('reduce', a.gradientBlocks));
  if (work.optimiser !== 'none') list.push(strided(apart ? 'update_reduced' : 'update', a.gradientBlocks));
  return list;
}

/** Compiled work: how it is cut up and the pipelines of its dispatches. */
export interface Program {
  readonly arrangement: Arrangement;
  readonly tables: Uint32Array;
  readonly dispatches: readonly (Dispatch & { readonly pipeline: GPUComputePipeline })[];
  /** The same for programs that compute the same thing. */
  readonly key: string;
}

/** Compiles work for a device; pipelines are kept, and work of other sizes shares them. */
export class Compiler {
  readonly layout: GPUBindGroupLayout;
  private readonly pipelineLayout: GPUPipelineLayout;
  private readonly pipelines = new Map<string, Promise<GPUComputePipeline>>();

  constructor(
    private readonly device: GPUDevice,
    private readonly limits: Limits,
  ) {
    const buffer = (binding: number, type: GPUBufferBindingType): GPUBindGroupLayoutEntry => ({
      binding,
      visibility: GPUShaderStage.COMPUTE,
      buffer: type === 'uniform' ? { type, hasDynamicOffset: true, minBindingSize: 4 } : { type },
    });
    this.layout = device.createBindGroupLayout({
      entries: [
        buffer(0, 'uniform'),
        buffer(1, 'storage'),
        ...[2, 3, 4, 5].map((binding) => buffer(binding, 'read-only-storage')),
        buffer(6, 'storage'),
        buffer(7, 'storage'),
      ],
    });
    this.pipelineLayout = device.createPipelineLayout({ bindGroupLayouts: [this.layout] });
  }

  /**
   * @throws TooLargeError when the work does not fit the device at all; GPUPipelineError when the device refuses a
   * shader.
   */
  async compile(work: Work, data: Dataset): Promise<Program> {
    const { limits } = this;
    const arrangement = arrange(work, limits);
    runsThatFit(arrangement, data, limits);
    const { words, code } = tablesOf(arrangement);
    const shaders = dispatchesOf(arrangement, limits).map((dispatch) => {
      const source = SOURCES[dispatch.stage].join('\n');
      return { dispatch, code: `${constantsOf(arrangement, source)}\n${code}\n${source}` };
    });
    const dispatches = await Promise.all(
      shaders.map(async (shader) => ({
        ...shader.dispatch,
        pipeline: await this.pipeline(shader.dispatch.stage, shader.code),
      })),
    );
    const key = `${shaders.map((shader) => shader.code).join('\n')}\n${words.join(' ')}`;
    return { arrangement, tables: words, dispatches, key };
  }

  private pipeline(stage: Stage, code: string): Promise<GPUComputePipeline> {
    const key = `${stage}\n${code}`;
    const cached = this.pipelines.get(key);
    if (cached) return cached;
    const module = this.device.createShaderModule({ label: stage, code });
    const pipeline = this.device.createComputePipelineAsync({
      label: stage,
      layout: this.pipelineLayout,
      compute: { module, entryPoint: stage },
    });
    this.pipelines.set(key, pipeline);
    pipeline.catch(() => this.pipelines.delete(key));
    return pipeline;
  }
}
