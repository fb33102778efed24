import { expect, it } from 'vitest';
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
    colour: '#123456',
    family: 'sans-serif',
  },
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

it('text is broken between words, and within one that is too long', () => {
  expect(breakText('ab cd ef', 30, measure)).toEqual(['ab cd', 'ef']);
  expect(breakText('abcdefghij k', 30, measure)).toEqual(['abcde', 'fghij', 'k']);
  const link = { ...picture, source: picture.source && { ...picture.source, link: 'x'.repeat(900) } };
  expect(captionLines(link, measure)).toContain('Its link is in the file’s');
});
