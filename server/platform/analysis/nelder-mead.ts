type Corner = { point: number[]; cost: number };

const usual = { steps: 160, tolerance: 1e-9 };

/**
 * The point where a function is least, near where it begins: the simplex method of Nelder and Mead (1965), with its usual
 * coefficients. The same function and beginning give the same point.
 */
export function findLeast(costOf: (point: number[]) => number, start: number[], { steps, tolerance } = usual): Corner {
  const measure = (point: number[]): Corner => {
    const cost = costOf(point);
    return { point, cost: Number.isFinite(cost) ? cost : Number.MAX_VALUE };
  };
  const corners = [start, ...start.map((_, at) => start.map((value, index) => (index === at ? value + 1 : value)))].map(
    measure,
  );
  for (let step = 0; step < steps; step += 1) {
    corners.sort((one, other) => one.cost - other.cost);
    const [best, worst, second] = [corners[0], corners.at(-1), corners.at(-2)];
    if (best === undefined || worst === undefined || second === undefined) break;
    if (worst.cost - best.cost <= tolerance * (Math.abs(best.cost) + tolerance)) break;
    const rest = corners.slice(0, -1);
    const centre = start.map((_, at) => rest.reduce((sum, { point }) => sum + (point[at] ?? 0), 0) / rest.length);
    const along = (factor: number) =>
      measure(centre.map((value, at) => value + factor * ((worst.point[at] ?? 0) - value)));
    const reflected = along(-1);
    const tried = reflected.cost < best.cost ? along(-2) : reflected.cost < second.cost ? reflected : along(0.5);
    const taken = tried.cost < reflected.cost || reflected.cost >= second.cost ? tried : reflected;
    if (taken.cost < worst.cost) corners[corners.length - 1] = taken;
    else {
      for (let at = 1; at < corners.length; at += 1) {
        const { point } = corners[at] ?? worst;
        corners[at] = measure(point.map((value, index) => (value + (best.point[index] ?? 0)) / 2));
      }
    }
  }
  return corners.reduce((best, corner) => (corner.cost < best.cost ? corner : best));
}
