// Trains the Mexican hat with the randomized forward-mode gradient and keeps the run: node hat.mjs [STEPS]
import { writeFile } from 'node:fs/promises';
import { createEngine, formatRun, Run, resolveConfig } from 'spiking-playground';

const engine = await createEngine();
const config = resolveConfig({ experiment: 'hat', gradient: 'RFG', steps: Number(process.argv[2] ?? 1000) });
const run = await Run.start(config, engine);
while (run.step < config.steps) {
  await run.advance(config.steps / 5);
  console.log(`step ${run.step}: relative L2 error ${(await run.error()).toFixed(4)}`);
}
await writeFile('hat.json', formatRun(run.saved())); // The page opens it under Share.
engine.dispose();
