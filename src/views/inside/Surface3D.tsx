/** In preparation. */
export default function Surface3D() {
  return null;
}
