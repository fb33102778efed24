/** Windows in which the page is laid out as on a phone. Style sheets call it --phone (media.css); narrow.test.ts keeps them equal. */
export const NARROW = '(max-width: 699px)';
