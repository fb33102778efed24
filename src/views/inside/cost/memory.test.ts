import { expect, it } from 'vitest';
import type { Pinned } from '../../../training/config.ts';
import { bytesForGradient } from '../../../training/cost.ts';
import { resolveConfig } from '../../../training/presets.ts';
import { specsOf } from '../../../training/specs.ts';
import { memoryClaim, overtakenAt } from './memory.ts';

const shared = { batch: [128], hidden: [[16, 16]], T: 32 } as const;
const bp = resolveConfig({ ...shared, gradient: 'BP' });
const rfg = (more: Pinned) => resolveConfig({ ...shared, gradient: 'RFG', scope: 'L', ...more });
const bytes = (config: typeof bp, T: number) => bytesForGradient(specsOf({ ...config, T }));

it('BP keeps more from exactly the T that is said', () => {
  for (const K of [1, 4, 8, 32]) {
    const forward = rfg({ K });
    const at = overtakenAt(bp, forward);
    expect(at).toBeGreaterThan(0);
    expect(bytes(bp, at ?? 0)).toBeGreaterThan(bytes(forward, 7));
    expect(bytes(bp, (at ?? 0) - 1)).toBeLessThanOrEqual(bytes(forward, 60));
  }
});

it('who keeps less depends on K', () => {
  const many = memoryClaim({ name: 'lane A', config: bp }, { name: 'lane C', config: rfg({ K: 8 }) });
  expect(many).toMatch(/lane A keeps every time step, 532 kB with T = 32/);
  expect(many).toMatch(/lane C keeps 601 kB with K = 8, whatever T is/);
  expect(many).toMatch(/From T = 37 on lane A keeps more\.$/);
  const one = memoryClaim({ name: 'BP', config: bp }, { name: 'RFG', config: rfg({ K: 1 }) });
  expect(one).toMatch(/From T = 5 on BP keeps more\.$/);
});
