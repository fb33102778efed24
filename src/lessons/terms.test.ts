import katex from 'katex';
import { describe, expect, it } from 'vitest';
import { TERM_IDS, termEntry } from './terms.ts';

describe('terms', () => {
  it.each(TERM_IDS)('%s is explained in one to three short sentences', (id) => {
    const { text, name } = termEntry(id);
    expect(name.length).toBeGreaterThan(2);
    expect(text).toMatch(/\.$/);
    expect(text.length).toBeLessThan(220);
    expect((text.match(/[.!?](\s|$)/g) ?? []).length).toBeLessThanOrEqual(3);
  });

  it('have equations that can be set', () => {
    for (const id of TERM_IDS) {
      const { tex } = termEntry(id);
      if (tex) expect(() => katex.renderToString(tex, { throwOnError: true })).not.toThrow();
    }
  });

  it('have names of their own', () => {
    expect(new Set(TERM_IDS.map((id) => termEntry(id).name)).size).toBe(TERM_IDS.length);
  });
});
