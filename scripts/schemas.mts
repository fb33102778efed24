// `npm run schemas`: public/schema/run.schema.json from what the code checks.
import { mkdirSync, writeFileSync } from 'node:fs';
import { RUN_SCHEMA_FILE, runSchema } from './run-schema.ts';

mkdirSync(new URL('.', RUN_SCHEMA_FILE), { recursive: true });
writeFileSync(RUN_SCHEMA_FILE, runSchema());
