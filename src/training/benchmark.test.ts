import { describe, expect, it } from 'vitest';
import { benchmarkSpecs } from './benchmark.ts';
import { resolveConfig } from './presets.ts';
import { specsOf } from './specs.ts';

describe('the benchmark', () => {
  it('is the hat’s default network and method with uniform initial weights', () => {
    for (const batch of [8, 128])
      expect(benchmarkSpecs(batch)).toEqual(specsOf(resolveConfig({ init: 'uniform', batch: [batch] })));
  });
});
