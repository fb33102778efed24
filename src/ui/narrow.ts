/** Windows in which the page is laid out as on a phone. Style sheets call it --phone (media.css); narrow.test.ts keeps them equal. */
export const NARROW = '(max-width: 699px)';

/** Of the document's element: which of the two views stood in the page before it came to life, `narrow` or `wide`. */
export const FIRST_VIEW_ATTRIBUTE = 'data-first-view';

/** Of the document's element while the page is printed. */
export const PRINTED_ATTRIBUTE = 'data-printed';
