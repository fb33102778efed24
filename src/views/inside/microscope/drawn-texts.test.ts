import { describe, expect, it } from 'vitest';
import { textFaults, textFrame } from '../../../../tests/support/canvas-text.ts';
import type { Landscape } from '../../../training/landscape.ts';
import { spokenText } from '../../methods/spoken-text.ts';
import { BELOW, drawCosines, ROW } from './draw-cosines.ts';
import { drawPlane } from './draw-plane.ts';
import { SIDE } from './use-landscape.ts';

const ROWS = ['all', 'branch hidden 1', 'branch read-out'].map((name, i) => ({
  name,
  cosines: [0.1, 0.3],
  flat: i === 2,
}));
const LANDSCAPE: Landscape = {
  ...{ step: 1, gradientNorm: 1, directionNorm: 1, loss: 1, slope: 1, secant: 1, epsilon: 0.1 },
  ...{ cosine: 0.2, estimate: [0.2, 0.1] },
};
const PLANE = { plane: Array.from({ length: SIDE ** 2 }, (_, n) => n), radius: 1, landscape: LANDSCAPE };

describe.each([
  ['as they are', (text: string) => text, true],
  ['in a hall', spokenText, false],
] as const)('texts on the microscope’s figures, %s', (_, say, acronyms) => {
  it('say methods in the words of the view, and stand whole', () => {
    const cosines = textFrame(460, ROWS.length * ROW + BELOW);
    drawCosines(cosines.frame, ROWS, say);
    const plane = textFrame(460, 340);
    drawPlane(plane.frame, PLANE, say);
    for (const { frame, written } of [cosines, plane]) {
      expect(written.some(({ text }) => /\b(BP|RFG|WP)\b/.test(text))).toBe(acronyms);
      const own = written.filter(({ text }) => !/^−?(δθ|g|∇L)$/.test(text));
      expect(textFaults(frame, own)).toEqual([]);
    }
  });
});
