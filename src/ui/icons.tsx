/** Drawn on a 20 × 20 grid in the colour of the text; decorative, so every control that shows one has a name. */
function Icon({ path, filled = false }: { readonly path: string; readonly filled?: boolean }) {
  return (
    <svg
      width="1.25em"
      height="1.25em"
      viewBox="0 0 20 20"
      fill={filled ? 'currentColor' : 'none'}
      stroke={filled ? 'none' : 'currentColor'}
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={path} />
    </svg>
  );
}

export const PlayIcon = () => (
  <Icon filled path="M5.5 3.2v13.6a.8.8 0 0 0 1.2.7l11-6.8a.8.8 0 0 0 0-1.4l-11-6.8a.8.8 0 0 0-1.2.7z" />
);
export const PauseIcon = () => <Icon filled path="M5 3.5h3.2v13H5zM11.8 3.5H15v13h-3.2z" />;
export const StepIcon = () => <Icon path="M5 4.5v11l7.5-5.5zM15.5 4.5v11" />;
export const StepBackIcon = () => <Icon path="M15 4.5v11L7.5 10zM4.5 4.5v11" />;
export const ResetIcon = () => <Icon path="M4.2 8.2A6.3 6.3 0 1 1 3.7 11M4 3.8v4.5h4.5" />;
export const SeedIcon = () => (
  <Icon path="M4.5 3.5h11a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1v-11a1 1 0 0 1 1-1zM7 7h.01M13 7h.01M10 10h.01M7 13h.01M13 13h.01" />
);
export const SunIcon = () => (
  <Icon path="M10 6.8a3.2 3.2 0 1 1 0 6.4 3.2 3.2 0 0 1 0-6.4zM10 2v1.5M10 16.5V18M18 10h-1.5M3.5 10H2M15.7 4.3l-1.1 1.1M5.4 14.6l-1.1 1.1M15.7 15.7l-1.1-1.1M5.4 5.4L4.3 4.3" />
);
export const MoonIcon = () => <Icon path="M16.5 11.6A6.8 6.8 0 0 1 8.4 3.5a6.8 6.8 0 1 0 8.1 8.1z" />;
export const HelpIcon = () => <Icon path="M7.4 7.4a2.6 2.6 0 1 1 3.7 2.5c-.8.4-1.1.9-1.1 1.8M10 14.6h.01" />;
export const CloseIcon = () => <Icon path="M5 5l10 10M15 5L5 15" />;
