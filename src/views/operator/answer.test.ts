import { describe, expect, it } from 'vitest';
import type { ForcingState } from '../../state/forcing.ts';
import type { ProbeTrace } from '../../worker/protocol.ts';
import { errorOf, relativeErrorOf } from './answer.ts';

const g = Float64Array.of(1, 2);
const forcing: ForcingState = {
  choice: { kind: 'test', index: 0 },
  g,
  exactOf: g,
  exact: Float64Array.of(3, 4),
};
const lane = (requestedRow: readonly number[]) => ({
  view: { probe: [[0.5, 0.25]], silenced: [] },
  probe: {
    requestedRow,
    functions: { answer: Float32Array.of(3, 4.5) },
  } as unknown as ProbeTrace,
});

describe('the answer to a forcing', () => {
  it('is compared with the solution for the same forcing', () => {
    expect([...(errorOf(lane([0.5, 0.25]), forcing) ?? [])]).toEqual([0, 0.5]);
    expect(relativeErrorOf(lane([0.5, 0.25]), forcing)).toBe('0.100');
  });

  it('is not compared with the solution for another one', () => {
    expect(errorOf(lane([0.5, 0.1]), forcing)).toBeUndefined();
    expect(relativeErrorOf(lane([0.5, 0.1]), forcing)).toBe('–');
    expect(errorOf(lane([0.5, 0.25]), { ...forcing, g: Float64Array.of(9, 9) })).toBeUndefined();
  });
});
