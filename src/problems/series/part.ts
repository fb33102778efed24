/** What a series draws from its seed, apart from what other data draw. The number is part of the key: never change one. */
export const SeriesPart = { begin: 30, noise: 31, spikes: 32, readTimes: 33 } as const;
