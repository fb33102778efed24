import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mark, PICTURES } from '../../scripts/icons.ts';
import { GROUNDS } from '../ui/scheme.ts';

const ROOT = join(import.meta.dirname, '../..');

describe('what an installed page is shown by', () => {
  it('is drawn by scripts/icons.mts', () => {
    expect(readFileSync(join(ROOT, 'public/icon.svg'), 'utf8')).toBe(mark());
  });

  it.each(PICTURES)('$file has the size that the manifest says', ({ file, size }) => {
    const picture = readFileSync(join(ROOT, 'public', file));
    // Width and height stand behind the signature and the name of the first chunk.
    expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([size, size]);
  });

  it('has the colours of the page around it', () => {
    const theme = readFileSync(join(ROOT, 'src/ui/theme.css'), 'utf8');
    const grounds = [...theme.matchAll(/--page: (#\w+);/g)].map(([, colour]) => colour);
    expect(grounds).toEqual([GROUNDS.light, GROUNDS.dark]);
  });
});
