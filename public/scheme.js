// Sets the theme before the first paint: the one that was chosen, else the system's.
try {
  let scheme = localStorage.getItem('spiking-playground.scheme');
  if (scheme !== 'light' && scheme !== 'dark')
    scheme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  document.documentElement.setAttribute('data-mantine-color-scheme', scheme);
} catch {
  // Storage may be forbidden: the page then starts light and follows the system a moment later.
}
