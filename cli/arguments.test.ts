import { describe, expect, it } from 'vitest';
import { ConfigError } from '../src/settings/fields.ts';
import { parseArguments } from './arguments.ts';
import { UsageError } from './faults.ts';
import { planRuns } from './runs.ts';

describe('parseArguments', () => {
  it('has a default for everything', () => {
    expect(parseArguments([])).toMatchObject({
      experiment: 'hat',
      recipe: 'paper',
      methods: ['SG-BP', 'WSG-BP', 'SG-RFG-G', 'WSG-RFG-G', 'SG-RFG-L', 'WSG-RFG-L'],
      seeds: [1, 2, 3, 4, 5],
      set: {},
      varyData: false,
      table: 'md',
      out: undefined,
    });
  });

  it('reads every option', () => {
    const words =
      '--experiment poisson --methods SG-BP,WP-G --seeds 3,7..9 --recipe live --set steps=20 --set hidden=8/4-4 ' +
      '--jobs 3 --engine reference --out a.json --table latex --vary-data --weights';
    expect(parseArguments(words.split(' '))).toEqual({
      kind: 'table',
      experiment: 'poisson',
      recipe: 'live',
      methods: ['SG-BP', 'WP-G'],
      seeds: [3, 7, 8, 9],
      set: { steps: 20, hidden: [[8], [4, 4]] },
      varyData: true,
      jobs: 3,
      engine: 'reference',
      out: 'a.json',
      weights: true,
      table: 'latex',
    });
  });

  it('takes several settings after one --set', () => {
    expect(parseArguments(['--set', 'steps=20', 'rate=0.5'])).toMatchObject({
      set: { steps: 20, rate: 0.5 },
    });
  });

  it('describes itself', () => expect(parseArguments(['--help'])).toBe('help'));

  it.each([
    ['--experiment poison', /--experiment: “poison”.*hat, .*poisson, reaction-diffusion/],
    ['--recipe fast', /--recipe: “fast”.*live, paper/],
    ['--methods SG-FOO', /--methods: “SG-FOO”.*SG-RFG-L-LL/],
    ['--methods SG-BP,', /--methods: “”/],
    ['--seeds 5..1', /--seeds: “5..1”.*1..5/],
    ['--seeds 1..9999', /--seeds: “1..9999”/],
    ['--seeds 4294967296', /--seeds: “4294967296”/],
    ['--seeds x', /--seeds: “x”/],
    ['--jobs 0', /--jobs: “0”.*1 to 256/],
    ['--engine cuda', /--engine: “cuda”/],
    ['--table html', /--table: “html”.*md, csv, latex/],
    ['--set rate', /--set: “rate”.*key=value/],
    ['--set rate=-1', /rate: “-1”.*a number from 1e-7 to 100/],
    ['--set rate=', /rate: “”/],
    ['--set rte=1', /rte: “1”.*a known field/],
    ['--set seed=3', /--set: “seed=3”.*--seeds/],
    ['--set scope=G', /--set: “scope=G”.*--methods/],
    ['--set dataSeed=2 --vary-data', /dataSeed=2.*--vary-data/],
    ['--speed 3', /option: “--speed” is not allowed \(did you mean “--seeds”\?\); allowed: .*--seeds/],
    ['--methods SG-PB', /--methods: “SG-PB” is not allowed \(did you mean “SG-BP”\?\)/],
    ['--experiment possion', /\(did you mean “poisson”\?\)/],
    ['--set rte=1', /rte: “1” is not allowed \(did you mean “rate”\?\)/],
    ['--shard 2/5', /--shard: “2\/5”.*--out/],
    ['--shard 6/5 --out a', /--shard: “6\/5”.*from 1\/5 to 5\/5/],
    ['--shard 0/5 --out a', /--shard: “0\/5”/],
    ['--shard 2 --out a', /--shard: “2”/],
    ['--steps 5', /--steps: “5”.*--set steps=5; --steps goes with --continue/],
    ['--continue a.json --steps 0', /--steps: “0”.*a whole number from 1/],
    ['--continue a.json --steps many', /--steps: “many”/],
    ['--continue a.json --seeds 1', /--continue: “--seeds”.*--continue, --steps, --engine, --out/],
    ['--continue a.json b.json', /--continue: “b.json”.*one run file/],
    ['--merge', /--merge: “”.*results files/],
    ['--merge a.json --jobs 2', /--merge: “--jobs”.*--merge, --table, --out/],
    ['--data none.csv', /--data: “none.csv”.*a file that is there/],
    ['--data package.json', /--data: “package.json”.*a table \(line \d+: “/],
    ['--data none.csv --experiment hat', /--experiment: “hat”.*own-data or forecast together with --data/],
    ['--experiment forecast --set series=own', /--set: “series=own”.*--data with it/],
    [
      '--experiment forecast --set series=sines --data none.csv',
      /--set: “series=sines”.*together with --data/,
    ],
    ['--columns a,b', /--columns: “a,b”.*--data with it/],
    ['--set data=a/1/b', /--set: “data=a\/1\/b”.*--data for this field/],
    ['--seeds', /--seeds: “”.*a value/],
    ['--vary-data=3', /--vary-data: “3”.*no value/],
    ['--continue a.json --steps -1', /--steps: “-1”.*a whole number from 1/],
    ['--jobs -2', /--jobs: “-2”.*1 to 256/],
    ['--seeds -1..3', /--seeds: “-1..3”/],
    ['--engine -x', /--engine: “-x”.*wasm/],
    ['--seeds --vary-data', /--seeds: “”.*a value/],
  ])('%s names what is wrong and what is allowed', (text, message) => {
    const parse = () => parseArguments(text.split(' '));
    expect(parse).toThrow(message);
    try {
      parse();
    } catch (error) {
      expect(error instanceof UsageError || error instanceof ConfigError).toBe(true);
    }
  });
});

describe('planRuns', () => {
  const plan = (text: string) => {
    const request = parseArguments(text.split(' '));
    if (request === 'help' || request.kind !== 'table') throw new Error('no table');
    return planRuns(request);
  };

  it('plans every method with every seed', () => {
    const runs = plan('--methods SG-BP,WSG-RFG-G --seeds 1,2 --set T=16');
    expect(runs.map(({ method, config }) => [method, config.seed, config.dataSeed, config.T])).toEqual([
      ['SG-BP', 1, 1, 16],
      ['SG-BP', 2, 1, 16],
      ['WSG-RFG-G', 1, 1, 16],
      ['WSG-RFG-G', 2, 1, 16],
    ]);
    expect(runs[2].config).toMatchObject({
      surrogate: 'WSG',
      gradient: 'RFG',
      scope: 'G',
      recipe: 'paper',
      K: 1,
    });
  });

  it('gives the data the seed of the run when asked to', () => {
    expect(plan('--seeds 4,9 --methods SG-BP --vary-data').map(({ config }) => config.dataSeed)).toEqual([
      4, 9,
    ]);
  });

  it('refuses settings that contradict the experiment', () => {
    expect(() => plan('--set init=operator')).toThrow(/init: “operator”.*uniform or data/);
  });
});
