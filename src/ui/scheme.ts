/** Where browsers keep the theme that was chosen: the page's first script reads it before the first paint. */
export const SCHEME_KEY = 'spiking-playground.scheme';
/** What style sheets ask for the theme. */
export const SCHEME_ATTRIBUTE = 'data-scheme';

/** --page of theme.css, as systems paint what is around the page. */
export const GROUNDS = { light: '#f4f5f7', dark: '#10131a' } as const;
