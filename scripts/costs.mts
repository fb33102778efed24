// `npm run costs`: docs/cost.md from the count of a step and the kept runs.
import { writeCosts } from './cost/write.ts';

await writeCosts();
