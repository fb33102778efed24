import { describe, expect, it } from 'vitest';
import { courseSnippet, embedSnippet, pageLink } from './links.ts';
import { qrDrawing } from './qr.ts';

describe('links', () => {
  it('keep address and query and carry another hash', () => {
    expect(pageLink('https://a.org/x/?q=1#K=2', '#K=3')).toBe('https://a.org/x/?q=1#K=3');
    expect(pageLink('https://a.org/x/#', '')).toBe('https://a.org/x/');
  });

  it.each([embedSnippet, courseSnippet])('are safe inside HTML', (snippet) => {
    expect(snippet('https://a.org/#a=1&b="2"')).toContain('src="https://a.org/#a=1&amp;b=&quot;2&quot;"');
  });

  it('keep in a course system what its editor leaves of a frame', () => {
    const attributes = [...courseSnippet('https://a.org/').matchAll(/ ([a-z-]+)(?=[=>])/g)].map(
      ([, name]) => name,
    );
    // Canvas: gems/canvas_sanitize; title and style it leaves to every element.
    const kept = ['src', 'width', 'height', 'sandbox', 'allowfullscreen', 'title', 'style'];
    expect(attributes.filter((name) => !kept.includes(name))).toEqual([]);
    expect(attributes).toContain('sandbox');
  });
});

describe('QR codes', () => {
  it('have a quiet zone of four modules and their finder pattern', () => {
    const qr = qrDrawing('https://a.org/');
    expect(qr?.size).toBe(21 + 8);
    expect(qr?.path.startsWith('M4 4h7v1h-7z')).toBe(true);
  });

  it('are not made of what is too long', () => {
    expect(qrDrawing('x'.repeat(4000))).toBeUndefined();
  });
});
