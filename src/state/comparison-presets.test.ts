import { expect, it } from 'vitest';
import type { Pinned } from '../training/config.ts';
import { resolveConfig } from '../training/presets.ts';
import { comparisonPresets, presetFault } from './comparison-presets.ts';

const faultsOf = (pinned: Pinned) =>
  Object.fromEntries(
    comparisonPresets(resolveConfig(pinned)).flatMap((preset) => {
      const fault = presetFault(preset, pinned);
      return fault ? [[preset.id, fault]] : [];
    }),
  );

it('a comparison that does not go with a setting names it, and what would', () => {
  expect(faultsOf({})).toEqual({});
  expect(faultsOf({ experiment: 'poisson', gradient: 'WP' })).toEqual({});
  expect(faultsOf({ gradient: 'RFG', flipout: true })).toEqual({
    activity: expect.stringContaining('flipout: “true” is not allowed; allowed: false under SG-RFG-A'),
    forward: expect.stringContaining('flipout: “true” is not allowed; allowed: false under WP-A'),
  });
  expect(faultsOf({ gradient: 'RFG', law: 'hadamard' })).toEqual({
    activity: expect.stringContaining('law'),
    forward: expect.stringContaining('law'),
  });
  expect(faultsOf({ reset: 'zero' })).toEqual({ indirect: expect.stringContaining('reset') });
});
