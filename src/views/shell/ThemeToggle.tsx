import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import controls from './controls.module.css';
import { IconButton } from './IconButton.tsx';
import { MoonIcon, SunIcon } from './icons.tsx';

/** Switches between light and dark; back at what the system wants, the page follows the system again. */
export function ThemeToggle() {
  const { setColorScheme } = useMantineColorScheme();
  const shown = useComputedColorScheme('light', { getInitialValueInEffect: false });
  const system = useMediaQuery('(prefers-color-scheme: dark)', false, { getInitialValueInEffect: false })
    ? 'dark'
    : 'light';
  const next = shown === 'dark' ? 'light' : 'dark';
  return (
    <IconButton
      label={next === 'dark' ? 'Dark theme' : 'Light theme'}
      icon={next === 'dark' ? <MoonIcon /> : <SunIcon />}
      className={controls.plain}
      onClick={() => setColorScheme(next === system ? 'auto' : next)}
    />
  );
}
