// `npm run figures`: remakes the paper's Figures 5, 6 and 7, and the error curves, from runs kept with --weights in
// docs/results. `npm run figures -- RESULTS IMAGES` reads and writes other folders.
import { writeFigures } from './paper-figures/write.ts';

const [results, images] = process.argv.slice(2);
await writeFigures(results, images);
