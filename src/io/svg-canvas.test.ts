import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { toSvg } from './picture.ts';
import { SvgCanvas } from './svg-canvas.ts';

const measure = (text: string) => 6 * text.length;
const drawn = (draw: (ctx: SvgCanvas) => void) => {
  const ctx = new SvgCanvas(measure);
  draw(ctx);
  return ctx.content;
};

/** Everything that the figures ask of a context that they are given. */
function asked(): string[] {
  const views = fileURLToPath(new URL('../views', import.meta.url));
  const files = readdirSync(views, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.tsx?$/.test(file),
  );
  const names = files.flatMap((file) =>
    [...readFileSync(join(views, file), 'utf8').matchAll(/\bctx\.(\w+)/g)].map((match) => match[1]),
  );
  return [...new Set(names)];
}

describe('SvgCanvas', () => {
  it('has all that the figures use', () => {
    const ctx = new SvgCanvas(measure);
    expect(asked().length).toBeGreaterThan(20);
    expect(asked().filter((name) => !(name in ctx))).toEqual([]);
  });

  it('writes paths with the style that holds when they are painted', () => {
    const svg = drawn((ctx) => {
      ctx.beginPath();
      ctx.moveTo(1, 2);
      ctx.lineTo(3.00049, 4);
      ctx.strokeStyle = 'rgb(1, 2, 3)';
      ctx.lineWidth = 2;
      ctx.setLineDash([4, 2]);
      ctx.globalAlpha = 0.5;
      ctx.stroke();
    });
    expect(svg).toBe(
      '<path d="M1 2L3 4" fill="none" stroke="rgb(1, 2, 3)" stroke-width="2" stroke-opacity="0.5" ' +
        'stroke-dasharray="4 2" stroke-linecap="butt" stroke-linejoin="miter"/>',
    );
  });

  it('restores what was saved, clips included', () => {
    const svg = drawn((ctx) => {
      ctx.save();
      ctx.beginPath();
      ctx.rect(0, 0, 5, 5);
      ctx.clip();
      ctx.translate(10, 20);
      ctx.fillStyle = 'red';
      ctx.fillRect(0, 0, 1, 1);
      ctx.restore();
      ctx.fillRect(0, 0, 1, 1);
    });
    expect(svg).toBe(
      '<defs><clipPath id="fc0"><path d="M0 0L5 0L5 5L0 5Z"/></clipPath></defs>' +
        '<g clip-path="url(#fc0)"><path d="M10 20L11 20L11 21L10 21Z" fill="red"/></g>' +
        '<path d="M0 0L1 0L1 1L0 1Z" fill="#000000"/>',
    );
  });

  it('keeps text as text, turned and aligned', () => {
    const svg = drawn((ctx) => {
      ctx.font = '600 11px "Some Font"';
      ctx.textAlign = 'center';
      ctx.textBaseline = 'middle';
      ctx.rotate(-Math.PI / 2);
      ctx.fillText('a < b', 3, 4);
    });
    expect(svg).toContain('transform="matrix(0 -1 1 0 0 0)" x="3" y="7.85" text-anchor="middle"');
    expect(svg).toContain('font-family="&#34;Some Font&#34;" font-size="11px" font-weight="600"');
    expect(svg).toContain('>a &#60; b</text>');
  });

  it('draws whole circles and arcs', () => {
    const svg = drawn((ctx) => {
      ctx.beginPath();
      ctx.arc(10, 10, 5, 0, 2 * Math.PI);
      ctx.fill();
    });
    expect(svg).toContain('d="M15 10A5 5 0 0 1 5 10A5 5 0 0 1 15 10"');
  });

  it('writes gradients in the place they were made', () => {
    const svg = drawn((ctx) => {
      ctx.translate(1, 1);
      const gradient = ctx.createLinearGradient(0, 0, 10, 0);
      gradient.addColorStop(0, 'rgb(255 255 255)');
      gradient.addColorStop(1, 'black');
      ctx.fillStyle = gradient;
      ctx.fillRect(0, 0, 10, 1);
    });
    expect(svg).toContain(
      '<linearGradient id="fg0" gradientUnits="userSpaceOnUse" x1="1" y1="1" x2="11" y2="1">',
    );
    expect(svg).toContain('<stop offset="0" stop-color="rgb(255, 255, 255)"/>');
    expect(svg).toContain('fill="url(#fg0)"');
  });

  it('writes colours as drawing programs read them, their opacity apart', () => {
    const filled = (colour: string) =>
      drawn((ctx) => {
        ctx.fillStyle = colour;
        ctx.globalAlpha = 0.5;
        ctx.fillRect(0, 0, 1, 1);
      }).match(/fill=.*(?=\/>)/)?.[0];
    expect(filled('rgb(1 2 3)')).toBe('fill="rgb(1, 2, 3)" fill-opacity="0.5"');
    expect(filled('rgb(1 2 3 / 50%)')).toBe('fill="rgb(1, 2, 3)" fill-opacity="0.25"');
    expect(filled('rgba(1, 2, 3, 0.2)')).toBe('fill="rgb(1, 2, 3)" fill-opacity="0.1"');
    expect(filled('#12345680')).toBe('fill="#123456" fill-opacity="0.251"');
    expect(filled('#abc')).toBe('fill="#aabbcc" fill-opacity="0.5"');
    expect(filled('transparent')).toBe('fill="none" fill-opacity="0.5"');
    expect(() => filled('oklch(50% 0.1 20)')).toThrow('no colour “oklch(50% 0.1 20)”');
  });

  it('refuses a font that it cannot take apart', () => {
    expect(() =>
      drawn((ctx) => {
        ctx.font = 'caption';
        ctx.fillText('a', 0, 0);
      }),
    ).toThrow('no font “caption”');
  });

  it('embeds pictures', () => {
    const image = { width: 4, height: 4, toDataURL: () => 'data:image/png;base64,AA' } as HTMLCanvasElement;
    expect(drawn((ctx) => ctx.drawImage(image, 1, 2, 30, 40))).toContain(
      'x="1" y="2" width="30" height="40" preserveAspectRatio="none" opacity="1" xlink:href="data:image/png;base64,AA"',
    );
  });

  it('becomes a file with a title, a background and its layers', () => {
    const layers = [
      {
        left: 5,
        top: 6,
        width: 10,
        height: 10,
        draw: (ctx: CanvasRenderingContext2D) => ctx.fillRect(0, 0, 1, 1),
      },
    ];
    const text = { colour: '#000', family: 'Arial' };
    const picture = { title: 'U & ϑ', width: 20, height: 30, background: '#fff', layers, text };
    const svg = toSvg(picture, measure);
    expect(svg).toMatch(
      /^<svg xmlns="[^"]*" xmlns:xlink="[^"]*" version="1.1" width="20" height="30" viewBox="0 0 20 30">/,
    );
    expect(svg).toContain('<title>U &#38; ϑ</title><rect width="20" height="30" fill="#fff"/>');
    expect(svg).toContain('<g transform="translate(5 6)"><path d="M0 0L1 0L1 1L0 1Z"');
  });
});
