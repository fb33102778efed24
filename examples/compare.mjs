// Back-propagation beside the randomized forward-mode gradient: equal data, batches and initial weights. node compare.mjs [STEPS]
import { createEngine, DataStore, methodName, Run, resolveConfig } from 'spiking-playground';

const steps = Number(process.argv[2] ?? 500);
const { batch, sampling, hold, init, gain, currentStd } = resolveConfig({ gradient: 'RFG' });
const shared = { seed: 3, steps, batch, sampling, hold, init, gain, currentStd };

const engine = await createEngine();
const store = new DataStore(1);
for (const method of [{ gradient: 'BP' }, { gradient: 'RFG', scope: 'L', K: 8 }]) {
  const run = await Run.start(resolveConfig({ ...shared, ...method }), engine, store);
  const startMs = performance.now();
  await run.advance(steps);
  const ms = ((performance.now() - startMs) / steps).toFixed(2);
  const error = (await run.error()).toFixed(4);
  console.log(`${methodName(run.config)}: first loss ${run.losses[0]}, error ${error}, ${ms} ms a step`);
}
engine.dispose();
