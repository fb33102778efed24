import { describe, expect, it } from 'vitest';
import { textFaults, textFrame } from '../../../../tests/support/canvas-text.ts';
import type { Landscape } from '../../../training/landscape.ts';
import { spokenText } from '../../methods/spoken-text.ts';
import { BELOW, drawCosines, ROW } from './draw-cosines.ts';
import { drawLooks, looksTable } from './draw-looks.ts';
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

describe('cosines as the run goes on', () => {
  const looks = [
    { step: 10, layers: [undefined, 0.9] },
    { step: 12, layers: [-0.3, 0.95] },
    { step: 20000, layers: [0.4, 0.5] },
  ];

  it('have a line a layer with its texts whole, and gaps where there is no gradient', () => {
    const { frame, written } = textFrame(460, 200);
    drawLooks(frame, looks);
    expect(textFaults(frame, written)).toEqual([]);
    expect(written.map(({ text }) => text)).toEqual(
      expect.arrayContaining(['−0.5', '1', 'training steps done']),
    );
    expect(looksTable(['hidden 1', 'read-out'], looks)).toMatchObject({
      header: ['step', 'hidden_1', 'read_out'],
      rows: [
        [10, undefined, 0.9],
        [12, -0.3, 0.95],
        [20000, 0.4, 0.5],
      ],
    });
  });

  it('can be drawn of looks at one step', () => {
    const { frame, written } = textFrame(300, 200);
    drawLooks(frame, looks.slice(0, 1));
    expect(textFaults(frame, written)).toEqual([]);
  });
});

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
