import { describe, expect, it } from 'vitest';
import { randomPins } from '../../tests/support/training.ts';
import { RandomSequence, Stream } from '../snn/random.ts';
import { FIELD_NAMES, FIELDS, type Pinned } from '../training/config.ts';
import { resolveConfig } from '../training/presets.ts';
import type { ChangeLog } from '../worker/protocol.ts';
import { formatChanges, MOST_CHANGES, parseChanges, pinsOf } from './change-log.ts';

const at = (step: number, pinned: Pinned) => ({ step, config: resolveConfig(pinned) });

/** Pins of settings that keep the run, that can be resolved together with `base`. */
function keepingPins(random: RandomSequence, base: Pinned): Pinned {
  for (;;) {
    const entries = Object.entries(randomPins(random, 0.1)).filter(
      ([name]) => !FIELDS[name as keyof typeof FIELDS].resets && name !== 'batch',
    );
    try {
      resolveConfig({ ...base, ...Object.fromEntries(entries) });
      return { ...base, ...Object.fromEntries(entries) };
    } catch {
      // Fields that contradict each other: draw again.
    }
  }
}

describe('changes in a link', () => {
  it('say what differs, readably', () => {
    const log: ChangeLog = [at(412, { gradient: 'RFG', K: 4 }), at(900, {}), at(950, {})];
    expect(formatChanges(resolveConfig({}), log)).toBe('412:gradient=RFG:K=4,900:gradient=:K=,950');
  });

  it('read back to the same changes', () => {
    const log: ChangeLog = [at(412, { gradient: 'RFG', K: 4 }), at(900, {}), at(950, {})];
    expect(parseChanges(formatChanges(resolveConfig({}), log), {})).toEqual({ planned: log, faults: [] });
  });

  it('read back to the same changes, whatever they are', () => {
    const random = new RandomSequence(7, Stream.data);
    for (let n = 0; n < 60; n++) {
      // Links have the fewest pins that give a configuration.
      const start = pinsOf(resolveConfig({ T: 8, ...keepingPins(random, {}) }));
      const log: ChangeLog[number][] = [];
      for (let step = 1; log.length < 4; step += 1 + Math.floor(100 * random.uniform()))
        log.push(at(step, keepingPins(random, { T: 8 })));
      const read = parseChanges(formatChanges(resolveConfig(start), log), start);
      expect(read.faults).toEqual([]);
      expect(read.planned).toEqual(log);
    }
  });

  it('name steps, fields and values that cannot be used and keep the rest', () => {
    const { planned, faults } = parseChanges(
      'x:K=2,9:K=2:zebra=1:sigma=-3,9:K=3,20:T=5,30:gradient=BQ:K=4',
      {},
    );
    expect(planned).toEqual([at(9, { K: 2 }), at(30, { K: 4 })]);
    expect(faults).toHaveLength(6);
    expect(faults[0]).toMatch(/then: “x” is not allowed as a step; allowed: a whole number/);
    expect(faults[1]).toMatch(/step 9: zebra.*a known field/);
    expect(faults[2]).toMatch(/step 9: sigma: “-3” is not allowed; allowed: a number from/);
    expect(faults[3]).toMatch(/“9” is not allowed as a step.*greater than those before/);
    expect(faults[4]).toMatch(/step 20: T: “5”.*settings that keep the run/);
    expect(faults[5]).toMatch(/step 30: gradient: “BQ”.*BP, RFG, WP/);
  });

  it(`are at most ${MOST_CHANGES}, and say so when there are more`, () => {
    const log = Array.from({ length: 40 }, (_, i) => at(i + 1, { K: (i % 2) + 2 }));
    const text = formatChanges(resolveConfig({}), log);
    expect(parseChanges(text, {}).planned).toEqual(log.slice(0, MOST_CHANGES));
    const { planned, faults } = parseChanges(`${text},100:K=9`, {});
    expect(planned).toHaveLength(MOST_CHANGES);
    expect(faults[0]).toMatch(/33 changes are not allowed; allowed: up to 32/);
  });

  it('survive any text', () => {
    for (const text of [
      '',
      ',',
      ':',
      '1:',
      '1:=',
      '1:=:=',
      '1:K',
      '0:K=2',
      '-1',
      '1e3',
      '9'.repeat(50),
      '1::K=2',
    ])
      for (const { config } of parseChanges(text, {}).planned)
        expect(FIELD_NAMES.every((name) => config[name] !== undefined)).toBe(true);
  });
});
