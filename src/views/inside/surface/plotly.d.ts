/** The parts of plotly.js that are bundled; its package has no types. */
declare module 'plotly.js/lib/core' {
  export interface PlotlyElement extends HTMLElement {
    on(event: string, listener: (change: Record<string, unknown>) => void): void;
  }
  const Plotly: {
    register(modules: readonly unknown[]): void;
    react(
      element: HTMLElement,
      data: readonly object[],
      layout: object,
      config?: object,
    ): Promise<PlotlyElement>;
    relayout(element: HTMLElement, changes: Record<string, unknown>): Promise<PlotlyElement>;
    /** A data: address. */
    toImage(
      figure: { readonly data: readonly object[]; readonly layout: object },
      options: { format: 'png' | 'svg'; width: number; height: number; scale?: number },
    ): Promise<string>;
    purge(element: HTMLElement): void;
  };
  export default Plotly;
}

declare module 'plotly.js/lib/surface' {
  const surface: unknown;
  export default surface;
}
