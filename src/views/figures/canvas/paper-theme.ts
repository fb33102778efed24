import { type FigureTheme, themeOf } from './theme.ts';

/**
 * The font of files: programs that draw know no `system-ui`, and texts keep their widths where one of these is. The first have the
 * same widths; DejaVu Sans has ϑ, ∂ and subscripts.
 */
export const PAPER_FAMILY = 'Arial, Helvetica, Liberation Sans, DejaVu Sans, sans-serif';

/** Families of a font in short. */
export const familyOf = (font: string) => font.replace(/^.*?[\d.]+px\s*/, '');

/** The theme of what is saved: black on white whatever the page's colours are, in the size of text that `element` has. */
export function paperThemeOf(element: Element): FigureTheme {
  const { fontSize } = themeOf(element);
  const probe = document.createElement('span');
  probe.dataset.drawn = '';
  probe.dataset.paper = '';
  document.body.append(probe);
  const theme = themeOf(probe);
  probe.remove();
  return {
    ...theme,
    ...{ ink: '#000000', muted: '#404040', panel: '#ffffff', fontSize, scale: 1 },
    font: `${fontSize}px ${PAPER_FAMILY}`,
    fontBold: `600 ${fontSize}px ${PAPER_FAMILY}`,
  };
}
