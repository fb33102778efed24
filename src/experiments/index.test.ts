import { describe, expect, it } from 'vitest';
import { PROBLEMS } from './index.ts';

describe('PROBLEMS', () => {
  it('lists every experiment under its own id', () => {
    for (const [id, problem] of Object.entries(PROBLEMS)) expect(problem.id).toBe(id);
  });
});
