import { createStore } from 'zustand/vanilla';

/** The moment of the reaction-diffusion solution that curves and maps point at, from 0 to 1. */
export const timeSlice = createStore<{ readonly time: number; readonly playing: boolean }>(() => ({
  time: 1,
  playing: false,
}));

/** Seconds in which the slider plays from t = 0 to t = 1. */
export const PLAY_SECONDS = 6;
