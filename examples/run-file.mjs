// Opens a run that the page saved (Share, Save run), tells of it and goes on with it: node run-file.mjs [FILE] [STEPS]
import { readFile } from 'node:fs/promises';
import { createEngine, methodName, Run, readRun } from 'spiking-playground';

const [file = 'hat.json', steps = '100'] = process.argv.slice(2);
const { run: saved, about } = readRun(await readFile(file, 'utf8'));
for (const line of about) console.log(line);

const engine = await createEngine();
const run = await Run.open(saved, engine);
const tell = async () =>
  console.log(`${methodName(run.config)}, step ${run.step}: error ${await run.error()}`);
await tell();
await run.advance(Number(steps));
await tell();
engine.dispose();
