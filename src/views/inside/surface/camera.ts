/** Where the surfaces are looked at from: angle around z and height above the plane in degrees, and the distance. */
export interface View {
  readonly azimuth: number;
  readonly elevation: number;
  readonly distance: number;
}

/** Side by side the surfaces have less width than height: they are seen from further away, so that no corner is cut off. */
export function firstView(stacked: boolean): View {
  return { azimuth: -60, elevation: 26, distance: stacked ? 2.6 : 3.75 };
}

interface Xyz {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** plotly's camera of a view. */
export function cameraOf({ azimuth, elevation, distance }: View): { eye: Xyz; center: Xyz; up: Xyz } {
  const [a, e] = [(azimuth * Math.PI) / 180, (elevation * Math.PI) / 180];
  return {
    eye: {
      x: distance * Math.cos(e) * Math.cos(a),
      y: distance * Math.cos(e) * Math.sin(a),
      z: distance * Math.sin(e),
    },
    center: { x: 0, y: 0, z: -0.1 },
    up: { x: 0, y: 0, z: 1 },
  };
}

/** The view that a camera's eye has. */
export function viewOf({ eye }: { readonly eye: Xyz }): View {
  const distance = Math.hypot(eye.x, eye.y, eye.z);
  return {
    azimuth: (Math.atan2(eye.y, eye.x) * 180) / Math.PI,
    elevation: (Math.asin(eye.z / distance) * 180) / Math.PI,
    distance,
  };
}

/** The view turned by some degrees; it never looks from straight above or below. */
export function turned(view: View, azimuth: number, elevation: number): View {
  return {
    ...view,
    azimuth: view.azimuth + azimuth,
    elevation: Math.min(85, Math.max(-85, view.elevation + elevation)),
  };
}
