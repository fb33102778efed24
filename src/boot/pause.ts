/** Ends the present task, so that the browser can paint and answer before what follows. */
export const pause = () => new Promise<void>((resolve) => setTimeout(resolve));
