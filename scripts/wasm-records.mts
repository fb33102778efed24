// Writes src/kernels/wasm/assembly/records.ts: a part of `npm run build:wasm`.
import { writeFileSync } from 'node:fs';
import { assemblyRecords } from './wasm-records.ts';

writeFileSync(new URL('../src/kernels/wasm/assembly/records.ts', import.meta.url), assemblyRecords());
