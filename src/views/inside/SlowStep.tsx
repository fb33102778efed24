/** In preparation. */
export default function SlowStep() {
  return null;
}
