import type { Dataset } from '../../snn/network.ts';
import type { Arrangement, Limits } from './arrangement.ts';

/** Work that does not fit the device. The message names what is too large and both numbers. */
export class TooLargeError extends Error {
  override readonly name = 'TooLargeError';
  constructor(
    what: string,
    readonly needed: number,
    readonly limit: number,
    unit = 'bytes',
  ) {
    super(`WebGPU: ${what} needs ${format(needed, unit)}, this device allows ${format(limit, unit)}`);
  }
}

function format(n: number, unit: string): string {
  if (unit !== 'bytes') return `${n.toLocaleString('en')} ${unit}`;
  return n >= 1e6
    ? `${(n / 1e6).toLocaleString('en', { maximumFractionDigits: 1 })} MB`
    : `${n.toLocaleString('en')} bytes`;
}

/** The limits of a device, some of them possibly replaced. */
export function limitsOf({ limits }: GPUDevice, overrides: Partial<Limits>): Limits {
  return {
    maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
    maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
    maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
    maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
    maxBufferSize: limits.maxBufferSize,
    ...overrides,
  };
}

/** Bytes that one storage buffer may have. */
export function bindingLimit(limits: Limits): number {
  return Math.min(limits.maxStorageBufferBindingSize, limits.maxBufferSize);
}

/**
 * How many runs fit side by side.
 * @throws TooLargeError when not even one does.
 */
export function runsThatFit(a: Arrangement, data: Dataset, limits: Limits): number {
  const dataNumbers = data.factors.reduce((n, f) => n + f.rows * (f.width + 1), data.target.length);
  const most = bindingLimit(limits);
  const { rows } = a.work;
  const size = `${a.work.network.layout.size.toLocaleString('en')} parameters, ${rows.join(' × ')} rows`;
  const demand = (what: string, numbers: number) => {
    if (4 * numbers > most) throw new TooLargeError(`${what} (${size})`, 4 * numbers, most);
  };
  demand('the data', dataNumbers);
  demand('one step’s directions', a.directionNumbers);
  demand('what is kept of every time step', a.historyNumbers);
  demand('one step’s intermediate results', a.workNumbers);
  demand('the plan of one step', a.settingWords + a.stepWords);
  const perRun = Math.max(
    a.directionNumbers,
    a.historyNumbers,
    a.workNumbers,
    a.settingWords + a.stepWords,
    1,
  );
  const across = limits.maxComputeWorkgroupsPerDimension;
  const variants = a.combines ? 0 : a.heads.length * (1 + a.derivatives);
  const groups = Math.max(a.simulationGroups, variants);
  if (groups > across)
    throw new TooLargeError(`one step (${size})`, groups, across, 'workgroups in a column');
  return Math.max(1, Math.min(across, Math.floor(most / (4 * perRun))));
}
