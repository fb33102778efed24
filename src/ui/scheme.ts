/** Where browsers keep the theme that was chosen: the page's first script reads it before the first paint. */
export const SCHEME_KEY = 'spiking-playground.scheme';
/** What style sheets ask for the theme. */
export const SCHEME_ATTRIBUTE = 'data-scheme';
