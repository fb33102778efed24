import { type Picture, toSvg } from '../../src/io/picture.ts';
import { PAPER_FAMILY } from '../../src/views/figures/canvas/paper-theme.ts';
import type { Frame } from '../../src/views/figures/canvas/surface.ts';
import type { FigureTheme } from '../../src/views/figures/canvas/theme.ts';

const FONT_SIZE = 11.5;

/** The page's light colours: the figures stand on a white ground of their own. */
export const THEME: FigureTheme = {
  scheme: 'light',
  ink: '#171c28',
  muted: '#555d6e',
  line: '#dfe2e8',
  panel: '#ffffff',
  accent: '#cf4a14',
  trace: '#2b4db8',
  positive: '#b8420c',
  negative: '#2a5fb4',
  fill: '#e3e6eb',
  fillStrong: '#bcc3cf',
  scale: 1,
  fontSize: FONT_SIZE,
  font: `${FONT_SIZE}px ${PAPER_FAMILY}`,
  fontBold: `600 ${FONT_SIZE}px ${PAPER_FAMILY}`,
};

/** Node has no fonts: a letter is taken to be a little more than half as wide as high. */
const measure = (text: string, font: string) =>
  0.56 * text.length * Number(/([\d.]+)px/.exec(font)?.[1] ?? FONT_SIZE);

/** A part of a figure, drawn by code of the page. */
interface Part {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly draw: (frame: Frame) => void;
}

/** One line over the whole figure: what it shows. */
export function caption(width: number, height: number, text: string): Part {
  return {
    ...{ left: 0, top: 0, width, height },
    draw({ ctx, theme }) {
      ctx.fillStyle = theme.muted;
      ctx.textAlign = 'left';
      ctx.textBaseline = 'middle';
      ctx.fillText(text, 10, height / 2 + 2);
    },
  };
}

/** A figure as an SVG file. */
export function figure(title: string, width: number, height: number, parts: readonly Part[]): string {
  const picture: Picture = {
    ...{ title, width, height, background: THEME.panel },
    text: { colour: THEME.ink, family: PAPER_FAMILY },
    layers: parts.map(({ draw, ...place }) => ({
      ...place,
      draw: (ctx, ratio) => {
        ctx.font = THEME.font;
        draw({ ctx, width: place.width, height: place.height, ratio, theme: THEME });
      },
    })),
  };
  return toSvg(picture, measure);
}
