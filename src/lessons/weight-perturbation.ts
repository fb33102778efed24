/**
 * Ends of the correlations of weight perturbation's numbers with the surrogate's directional derivatives in hidden layers:
 * medians over seeds at the initial weights, over whole batches. Measured by `npm run weight-perturbation`; the tables are in
 * docs/equations.md.
 */
export const WP_CORRELATION = { least: 0.55, greatest: 1 } as const;
