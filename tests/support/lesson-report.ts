import { readFileSync } from 'node:fs';
import { readLesson } from '../../src/lessons/read.ts';
import { faultsOf, type PlayedCheck, playgroundHere, playLesson } from './lesson.ts';
import { unchecked } from './lesson-claims.ts';

/** Reads a lesson's file, plays it to its end and tells each condition with its facts. False where something is not as it says. */
export async function reportOn(file: string, tell: (line: string) => void): Promise<boolean> {
  const { lesson, faults } = await readLesson(readFileSync(file, 'utf8'));
  for (const { line, text } of faults) tell(`${file}:${line}: ${text}`);
  if (!lesson) return false;
  tell(`${file}: ${lesson.title}`);
  const begun = performance.now();
  const playground = await playgroundHere();
  const played: PlayedCheck[] = [];
  for await (const one of playLesson(playground, lesson)) {
    if (one.scene !== played.at(-1)?.scene) tell(`  ${one.scene.title}`);
    played.push(one);
    const mark = one.holds === undefined ? '?' : one.holds ? '+' : '-';
    const place = `${one.kind.padEnd(6)} ${String(one.check.line).padStart(3)}`;
    tell(`    ${mark} ${place}  ${one.said}${one.fault ? ` (${one.fault})` : ''}`);
  }
  playground.actions.dispose();
  const wrong = faultsOf(played);
  for (const fault of wrong) tell(`  ${fault}`);
  for (const sentence of unchecked(lesson)) tell(`  compares or counts, without a condition: ${sentence}`);
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  tell(`  ${played.length} conditions, ${wrong.length} faults, ${seconds} s`);
  return wrong.length === 0;
}
