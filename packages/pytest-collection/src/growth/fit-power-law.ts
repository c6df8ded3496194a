import { studentQuantile } from '../statistics/student-quantile.ts';
import type { Estimate } from '../statistics/estimate.ts';
import type { GrowthPoint } from './growth.ts';

export interface PowerLaw {
  readonly exponent: Estimate;
  readonly base: number;
  readonly coefficient: number;
}

/** `base + coefficient * size^exponent`, of which neither part is below 0. */
interface Line {
  readonly base: number;
  readonly coefficient: number;
  /** Sum of the squares of the residuals, each as a share of the fitted value. */
  readonly misfit: number;
}

/** Exponents outside of this are none that anybody's program has. */
const SMALLEST = 0.05;
const LARGEST = 5;
const STEP = 0.025;
/** Parameters of the curve: base, coefficient, exponent. */
const PARAMETERS = 3;
/** One-sided 99 %: whoever says "super-linear" accuses somebody. */
const CONFIDENCE = 0.99;

/**
 * Fits `base + c * size^p` by least squares of relative residuals, with the interval of `p` by profile likelihood: the
 * exponents whose best curve is not significantly worse than the best of all (Bates & Watts, Nonlinear Regression
 * Analysis and Its Applications, 1988, chapter 6; Seber & Wild, Nonlinear Regression, 1989, section 5.4). Unlike a slope
 * of logarithms it does not take a constant part for slow growth, and where the data fits any exponent the interval
 * says so by being as wide as what is looked at, 0.05 to 5.
 */
export function fitPowerLaw(points: readonly GrowthPoint[], noise: number): PowerLaw {
  const freedom = points.length - PARAMETERS;
  const largest = Math.max(...points.map((point) => point.size));
  const scaled = points.map(({ size, value }) => ({ size: size / largest, value }));
  const lines = exponents().map((exponent) => ({ exponent, ...fitLine(scaled, exponent) }));
  const best = lines.reduce((left, right) => (right.misfit < left.misfit ? right : left));
  const variance = Math.max(freedom > 0 ? best.misfit / freedom : Number.POSITIVE_INFINITY, noise ** 2);
  const allowed = best.misfit + variance * (freedom > 0 ? studentQuantile(CONFIDENCE, freedom) ** 2 : 1);
  const possible = lines.filter(({ misfit }) => misfit <= allowed).map(({ exponent }) => exponent);
  return {
    exponent: {
      value: best.exponent,
      low: Math.min(...possible) - STEP / 2,
      high: Math.max(...possible) + STEP / 2,
    },
    base: best.base,
    coefficient: best.coefficient / largest ** best.exponent,
  };
}

function exponents(): number[] {
  const count = Math.round((LARGEST - SMALLEST) / STEP);
  return Array.from({ length: count + 1 }, (_, i) => SMALLEST + i * STEP);
}

/** Weighted least squares, with weights from the fit before: relative residuals, as one weight is needed to get another. */
function fitLine(points: readonly GrowthPoint[], exponent: number): Line {
  const powers = points.map(({ size }) => size ** exponent);
  let fitted = points.map(({ value }) => value);
  let line: Line = { base: 0, coefficient: 0, misfit: Number.POSITIVE_INFINITY };
  for (let round = 0; round < 4; round++) {
    const weights = fitted.map((value) => 1 / value ** 2);
    const { base, coefficient } = solve(points, powers, weights);
    fitted = powers.map((power) => base + coefficient * power);
    const misfit = points.reduce((sum, { value }, i) => sum + (value / (fitted[i] ?? value) - 1) ** 2, 0);
    line = { base, coefficient, misfit };
  }
  return line;
}

/** The best of the straight line, and of those without base or without slope where it would need a part below 0. */
function solve(
  points: readonly GrowthPoint[],
  powers: readonly number[],
  weights: readonly number[],
): { base: number; coefficient: number } {
  let [w, wx, wy, wxx, wxy] = [0, 0, 0, 0, 0];
  points.forEach(({ value }, i) => {
    const [weight, power] = [weights[i] ?? 0, powers[i] ?? 0];
    w += weight;
    wx += weight * power;
    wy += weight * value;
    wxx += weight * power * power;
    wxy += weight * power * value;
  });
  const determinant = w * wxx - wx * wx;
  const coefficient = determinant > 0 ? (w * wxy - wx * wy) / determinant : 0;
  if (coefficient <= 0) return { base: wy / w, coefficient: 0 };
  const base = (wy - coefficient * wx) / w;
  return base >= 0 ? { base, coefficient } : { base: 0, coefficient: wxy / wxx };
}
