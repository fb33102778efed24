/**
 * Remembers the control that is pressed before the page has come to life, so that it acts as soon as it can. The last one
 * counts. Space outside a control means play, as later.
 */
export function keepEarlyClicks(): () => void {
  let pressed: HTMLElement | undefined;
  const onClick = (event: MouseEvent) => {
    const control = (event.target as Element).closest?.<HTMLElement>('button, label');
    if (!control) return;
    pressed = control;
    event.preventDefault();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== ' ' || event.target !== document.body) return;
    pressed = document.querySelector<HTMLElement>('[aria-keyshortcuts="Space"]') ?? undefined;
    event.preventDefault();
  };
  addEventListener('click', onClick, true);
  addEventListener('keydown', onKeyDown, true);
  return () => {
    removeEventListener('click', onClick, true);
    removeEventListener('keydown', onKeyDown, true);
    if (pressed?.isConnected) pressed.click();
  };
}
