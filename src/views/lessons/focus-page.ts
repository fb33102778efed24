/** What had the focus goes: it is on where lessons are found, or where the page begins. */
export function focusPage(): void {
  document.querySelector<HTMLElement>('[data-learn], main button')?.focus({ preventScroll: true });
}
