import { expect, it } from 'vitest';
import type { Pinned } from '../training/config.ts';
import { resolveConfig } from '../training/presets.ts';
import { runLog } from './run-log.ts';

const at = (step: number, pins: Pinned = {}) => ({ step, config: resolveConfig(pins) });
const L: Pinned = { gradient: 'RFG', scope: 'L' };
const log = [at(0), at(5000, L)];

it('holds what trained the network up to a step', () => {
  expect(runLog({ log }, 6000, resolveConfig(L))).toEqual(log);
  expect(runLog({ log }, 5000, resolveConfig(L))).toEqual(log);
  expect(runLog({ log }, 4999, resolveConfig({}))).toEqual([at(0)]);
});

it('counts a change that the worker has not answered yet', () => {
  expect(runLog({ log: [at(0)] }, 5000, resolveConfig(L))).toEqual(log);
  expect(runLog({ log: [at(0)] }, 0, resolveConfig(L))).toEqual([at(0, L)]);
  // It starts the run anew.
  expect(runLog({ log }, 6000, resolveConfig({ T: 8 }))).toEqual([at(0, { T: 8 })]);
});
