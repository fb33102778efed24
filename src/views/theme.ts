import { createTheme } from '@mantine/core';

/** What Mantine's own components take from the page; every colour is a variable of theme.css. */
export const theme = createTheme({
  fontFamily: 'var(--font)',
  defaultRadius: 'sm',
  focusRing: 'auto',
  respectReducedMotion: true,
  cursorType: 'pointer',
});

/** Key of localStorage for the theme; public/scheme.js reads it too. */
export const SCHEME_KEY = 'spiking-playground.scheme';
