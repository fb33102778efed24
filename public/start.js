// Runs before anything is painted.

// The theme: the one that was chosen, else the system's.
try {
  let scheme = localStorage.getItem('spiking-playground.scheme');
  if (scheme !== 'light' && scheme !== 'dark')
    scheme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  document.documentElement.setAttribute('data-mantine-color-scheme', scheme);
} catch {
  // Storage may be forbidden: the page then starts light and follows the system a moment later.
}

// The first view, rendered when the page was built, is put on the page as soon as it has been read: the one for this width.
// A link with settings has another first view: there the page is rendered from nothing.
customElements.define(
  'first-view',
  class extends HTMLElement {
    connectedCallback() {
      const width = matchMedia('(max-width: 699px)').matches ? 'narrow' : 'wide';
      const view = document.getElementById(`first-view-${width}`);
      if (view instanceof HTMLTemplateElement && location.hash.length < 2)
        document.getElementById('root')?.replaceChildren(view.content);
      this.remove();
    }
  },
);
