// A whole run, training loop included, whose GPU device is destroyed twice on the way.
import { chooseEngine, type EngineReport } from '../../src/kernels/choose.ts';
import { RecoveringEngine } from '../../src/kernels/recover.ts';
import { createWebgpuEngine } from '../../src/kernels/webgpu/engine.ts';
import type { Pinned } from '../../src/training/config.ts';
import { resolveConfig } from '../../src/training/presets.ts';
import { Trainer } from '../../src/worker/trainer.ts';

/** Losses of `steps` steps; the device is destroyed when `lossesAt` steps are done, once for each entry. */
export async function runThroughLosses(pinned: Pinned, steps: number, lossesAt: readonly number[]) {
  const devices: GPUDevice[] = [];
  const reports: EngineReport[] = [];
  const losses: number[] = [];
  const choose = async (choice: Parameters<typeof chooseEngine>[0]) => {
    if (choice !== 'webgpu') return chooseEngine(choice);
    const engine = await createWebgpuEngine();
    devices.push(engine.device);
    return { engine, report: { engine: 'webgpu', reason: 'asked for', trials: [] } as EngineReport };
  };
  const trainer = new Trainer({
    emit(event) {
      if (event.kind !== 'telemetry') return;
      for (const lane of event.lanes) losses.splice(lane.first, losses.length, ...lane.losses);
    },
    ready: () => true,
    now: () => performance.now(),
    breathe: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    async chooseEngine() {
      const { engine, report } = await choose('webgpu');
      return { engine: new RecoveringEngine(engine, choose, (changed) => reports.push(changed)), report };
    },
  });
  const config = resolveConfig(pinned);
  await trainer.handle({ kind: 'open', lane: 'a', config, view: { probe: [[0.2, -0.35]], silenced: [] } });
  for (let done = 0; done < steps; done++) {
    if (lossesAt.includes(done)) devices[devices.length - 1].destroy();
    await trainer.handle({ kind: 'step', count: 1 });
  }
  return { losses, reports };
}
