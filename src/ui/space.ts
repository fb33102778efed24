/** Keys that do not say where the focus is: after a press by pointer, Space is still the page's. */
const ONLY_PRESSES = new Set([' ', 'Shift', 'Control', 'Alt', 'Meta']);

let byPointer = false;
/** Space is down and was not meant for the control that has the focus. */
let taken = false;

/** Follows how controls are used. A key of the page is no use of the control that has the focus. */
export function watchPresses(): () => void {
  const listening = new AbortController();
  const options = { capture: true, signal: listening.signal };
  addEventListener('pointerdown', () => (byPointer = true), options);
  addEventListener(
    'keydown',
    ({ key }) => {
      if (key.length > 1 && !ONLY_PRESSES.has(key)) byPointer = false;
    },
    options,
  );
  addEventListener(
    'keyup',
    (event) => {
      // Browsers press a button when the key is let go.
      if (taken && event.key === ' ') event.preventDefault();
      taken = false;
    },
    options,
  );
  return () => listening.abort();
}

/** Controls that Space presses. */
const PRESSED = 'button, a, summary, input[type="checkbox"], input[type="radio"]:not(:checked)';

/**
 * Whether Space presses what has the focus: it does where the focus was brought by keys. A button that was clicked keeps the focus
 * without being looked at, and Space means the page then.
 */
export const spacePresses = (target: Element): boolean => !byPointer && target.closest(PRESSED) !== null;

/** Space does something else than to press what has the focus. */
export function takeSpace(event: KeyboardEvent): void {
  event.preventDefault();
  taken = true;
}
