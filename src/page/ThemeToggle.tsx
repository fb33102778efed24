import controls from '../ui/controls.module.css';
import { IconButton } from '../ui/IconButton.tsx';
import { MoonIcon, SunIcon } from '../ui/icons.tsx';
import { chooseScheme, shownScheme, useScheme } from '../views/colour-scheme.ts';

/** Switches between light and dark. */
export function ThemeToggle() {
  const next = useScheme((state) => (shownScheme(state) === 'dark' ? 'light' : 'dark'));
  return (
    <IconButton
      label={next === 'dark' ? 'Dark theme' : 'Light theme'}
      icon={next === 'dark' ? <MoonIcon /> : <SunIcon />}
      className={controls.plain}
      onClick={() => chooseScheme(next)}
    />
  );
}
