import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseArguments } from './arguments.ts';
import { mergeShards } from './merge.ts';
import { reproduce } from './reproduction.ts';

const folder = mkdtempSync(join(tmpdir(), 'shards-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, `${name}.json`);
const REQUEST =
  '--engine reference --methods SG-BP,nothing-learned --seeds 1..3 --jobs 1 --set steps=2 T=4 hidden=3 batch=4';

async function run(words: string) {
  const request = parseArguments(words.split(' '));
  if (request === 'help' || request.kind !== 'table') throw new Error('no table');
  return reproduce(request, { write: () => undefined });
}

function merge(names: readonly string[], out = 'merged') {
  const request = parseArguments(['--merge', ...names.map(at), '--out', at(out)]);
  if (request === 'help' || request.kind !== 'merge') throw new Error('no merger');
  return mergeShards(request);
}

/** A file of another name with something changed. */
function changed(from: string, to: string, change: (file: ReturnType<typeof JSON.parse>) => void): string {
  const file = JSON.parse(readFileSync(at(from), 'utf8'));
  change(file);
  writeFileSync(at(to), JSON.stringify(file));
  return to;
}

const whole: { table?: string } = {};
beforeAll(async () => {
  whole.table = (await run(`--out ${at('whole')} ${REQUEST}`)).table;
  for (const part of [1, 2]) await run(`--out ${at(`part-${part}`)} --shard ${part}/2 ${REQUEST}`);
});

/** What a run's result is, without what says how fast and by which program. */
const withoutProvenance = (name: string) =>
  readFileSync(at(name), 'utf8').replace(
    /"(seconds|stepsPerSecond)":[^,}]+|"(node|commit)":"[^"]*"/g,
    '"$1$2"',
  );

it('gives the file and the table of the request without shards, in whatever order they come', () => {
  expect(merge(['part-2', 'part-1'])).toBe(whole.table);
  expect(withoutProvenance('merged')).toBe(withoutProvenance('whole'));
});

it('shares the runs out: each in one shard', () => {
  const counts = [1, 2].map((part) => JSON.parse(readFileSync(at(`part-${part}`), 'utf8')).runs.length);
  expect(counts).toEqual([3, 3]);
});

it.each([
  ['a gap', () => ['part-2'], /all 2 shards; 1\/2 missing/],
  [
    'an overlap',
    () => ['part-1', 'part-2', 'part-1'],
    /part-1.json: shard 1\/2”.*each shard once; .*part-1.json is it too/,
  ],
  [
    'other shards',
    () => [
      'part-1',
      changed('part-2', 'of-three', ({ shard }) => {
        shard.of = 3;
      }),
    ],
    /of-three.json: shard 2\/3”.*shards of 2/,
  ],
  [
    'other settings',
    () => [
      'part-1',
      changed('part-2', 'other', ({ shard }) => {
        shard.request.seeds = [1, 2];
      }),
    ],
    /other.json: --seeds \[1,2\]”.*--seeds \[1,2,3\], as in .*part-1.json/,
  ],
  ['a file without a shard', () => ['part-1', 'whole'], /whole.json”.*made with --shard/],
  [
    'a run that is missing',
    () => ['part-1', changed('part-2', 'fewer', ({ runs }) => runs.pop())],
    /fewer.json”.*complete files; \S+ seed \d missing/,
  ],
  [
    'a run with another setting',
    () => [
      'part-1',
      changed('part-2', 'stranger', ({ runs }) => {
        runs[0].config.sigma = 0.77;
      }),
    ],
    /stranger.json: \S+ seed \d”.*settings of its request/,
  ],
  ['no results', () => ['part-1', 'nowhere'], /--merge: “.*nowhere.json”.*results files/],
])('refuses %s by name', (_, names, message) => {
  expect(() => merge(names(), 'refused')).toThrow(message);
  expect(() => readFileSync(at('refused'))).toThrow();
});

it('goes on with a shard’s file, and does not write into that of another', async () => {
  await expect(run(`--out ${at('part-1')} --shard 1/2 ${REQUEST}`)).resolves.toMatchObject({ computed: 0 });
  await expect(run(`--out ${at('part-1')} --shard 2/2 ${REQUEST}`)).rejects.toThrow(
    /--out: .*has shard 1\/2/,
  );
  await expect(run(`--out ${at('part-1')} ${REQUEST}`)).rejects.toThrow(/--out: .*has shard 1\/2/);
  await expect(run(`--out ${at('whole')} --shard 2/2 ${REQUEST}`)).rejects.toThrow(/results without --shard/);
});
