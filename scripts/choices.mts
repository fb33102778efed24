// Writes docs/choices.md from the table of src/lessons/choices.ts and the configuration's defaults.
import { writeFileSync } from 'node:fs';
import { choicesDocument } from '../src/lessons/choices.ts';

writeFileSync(new URL('../docs/choices.md', import.meta.url), choicesDocument());
