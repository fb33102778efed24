// Writes the tables of docs/writing-lessons.md from the facts, settings, labs and limits that lessons have.
import { writeFileSync } from 'node:fs';
import { DOCUMENT, writingLessons } from './writing-lessons.ts';

writeFileSync(DOCUMENT, await writingLessons());
