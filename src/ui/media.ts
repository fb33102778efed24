/** Windows in which the page is laid out as on a phone: `--phone` of media.css; media.test.ts keeps them equal. */
export const NARROW = '(max-width: 699px)';
