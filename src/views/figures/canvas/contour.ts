import type { Field } from './field-image.ts';

/** A piece of a level line in the coordinates of the square [-1, 1]²: x0, y0, x1, y1. */
type Segment = readonly [number, number, number, number];

/**
 * Level line of a field by marching squares with linear interpolation on the cells' edges. Of the two ways to join
 * four crossings, the one that the cell's mean decides is taken.
 */
export function levelLine({ n, values }: Field, level: number): Segment[] {
  const segments: Segment[] = [];
  const place = (index: number) => -1 + (2 * index) / (n - 1);
  for (let i = 0; i < n - 1; i++) {
    for (let j = 0; j < n - 1; j++) {
      const a = values[i * n + j] - level;
      const b = values[i * n + j + 1] - level;
      const c = values[(i + 1) * n + j + 1] - level;
      const d = values[(i + 1) * n + j] - level;
      if (a < 0 === b < 0 && b < 0 === c < 0 && c < 0 === d < 0) continue;
      const crossings: [number, number][] = [];
      if (a < 0 !== b < 0) crossings.push([place(j + a / (a - b)), place(i)]);
      if (b < 0 !== c < 0) crossings.push([place(j + 1), place(i + b / (b - c))]);
      if (c < 0 !== d < 0) crossings.push([place(j + d / (d - c)), place(i + 1)]);
      if (d < 0 !== a < 0) crossings.push([place(j), place(i + a / (a - d))]);
      if (crossings.length === 2) segments.push([...crossings[0], ...crossings[1]]);
      else if (crossings.length === 4) {
        const [south, east, north, west] = crossings;
        const joined = a + b + c + d < 0 === a < 0;
        if (joined) segments.push([...south, ...east], [...north, ...west]);
        else segments.push([...south, ...west], [...east, ...north]);
      }
    }
  }
  return segments;
}
