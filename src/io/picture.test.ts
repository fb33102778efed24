import { expect, it } from 'vitest';
import { lineMark } from './legend.ts';
import { breakText, captionLines, type Picture, toSvg } from './picture.ts';

const measure = (text: string) => 6 * text.length;
const picture: Picture = {
  title: 'Signed error',
  width: 220,
  height: 100,
  background: '#fff',
  layers: [
    { left: 0, top: 0, width: 220, height: 100, draw: (ctx) => ctx.fillRect(0, 0, 5, 5) },
    {
      left: 10,
      top: 0,
      width: 50,
      height: 40,
      draw: '<?xml version="1.0"?><svg width="100" height="80"><g/></svg>',
    },
  ],
  source: {
    lines: ['Mexican hat, SG-BP, then SG-RFG-L since step 5,000', 'T 32, σ 0.5'],
    link: 'https://a.org/x/#gradient=RFG&then=5000:surrogate=WSG',
  },
  text: { colour: '#123456', family: 'sans-serif' },
};

it('a drawing says what it is, below it and in its texts', () => {
  const svg = toSvg(picture, measure);
  expect(svg).toContain('<title>Signed error</title>');
  expect(svg).toMatch(
    /<desc>Mexican hat, SG-BP, then SG-RFG-L since step 5,000\nT 32, σ 0\.5\nhttps:.*<\/desc>/,
  );
  const lines = captionLines(picture, measure);
  expect(lines.every((line) => measure(line) <= 208)).toBe(true);
  for (const line of lines) expect(svg).toContain(line.replace(/&/g, '&#38;'));
  const height = Number(svg.match(/height="(\d+)"/)?.[1]);
  expect(height).toBe(100 + 13 * lines.length + 12);
  expect(svg).toContain('<svg x="10" y="0" width="50" height="40" viewBox="0 0 50 40"><g/></svg>');
});

it('one without a source is as it was', () => {
  const svg = toSvg({ ...picture, source: undefined }, measure);
  expect(svg).not.toContain('<desc>');
  expect(svg).toContain('height="100"');
});

it('a legend stands below the layers, in as many rows as the width needs', () => {
  const mark = (ctx: CanvasRenderingContext2D, x: number, y: number) =>
    lineMark(ctx, x, y, '#1d4fd7', 2, [7, 3]);
  const legend = ['A SG-BP', 'B SG-RFG-L', 'C WP-G'].map((text) => ({ text, mark }));
  const svg = toSvg({ ...picture, layers: picture.layers.slice(0, 1), source: undefined, legend }, measure);
  const texts = [...svg.matchAll(/<text[^>]*>([^<]*)/g)].map(([, text]) => text);
  expect(texts).toEqual(legend.map(({ text }) => text));
  expect(svg.match(/stroke="#1d4fd7"[^>]*stroke-dasharray="7 3"/g)).toHaveLength(3);
  // 36 + 42 and 36 + 60 px and what is between them fill a row of 220 px.
  expect(Number(svg.match(/height="(\d+)"/)?.[1])).toBe(100 + 2 * 18 + 6);
});

it('a long entry of a legend is broken to the width', () => {
  const legend = [{ text: 'where the network sees the forcing, and nowhere else', mark: () => {} }];
  const svg = toSvg({ ...picture, layers: picture.layers.slice(0, 1), source: undefined, legend }, measure);
  const lines = [...svg.matchAll(/<text[^>]*>([^<]*)/g)].map(([, text]) => text);
  expect(lines.join(' ')).toBe(legend[0].text);
  for (const line of lines) expect(36 + measure(line)).toBeLessThanOrEqual(220 - 12);
  expect(Number(svg.match(/height="(\d+)"/)?.[1])).toBe(100 + lines.length * 18 + 6);
});

it('an empty picture is none', () => {
  const layers = [{ left: 0, top: 0, width: 5, height: 5, draw: () => {} }];
  expect(() => toSvg({ ...picture, layers }, measure)).toThrow('Signed error: there is nothing to save yet');
});

it('text is broken between words, and within one that is too long', () => {
  expect(breakText('ab cd ef', 30, measure)).toEqual(['ab cd', 'ef']);
  expect(breakText('abcdefghij k', 30, measure)).toEqual(['abcde', 'fghij', 'k']);
  const link = { ...picture, source: picture.source && { ...picture.source, link: 'x'.repeat(900) } };
  expect(captionLines(link, measure)).toContain('Its link is in the file’s');
});
