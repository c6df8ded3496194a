import { UsageError } from '@seaworthy/scenario';
import type { Estimate } from '../statistics/estimate.ts';
import { theilSen } from '../statistics/theil-sen.ts';
import { fitPowerLaw } from './fit-power-law.ts';
import type { PowerLaw } from './fit-power-law.ts';
import type { Growth, GrowthOptions, GrowthPoint } from './growth.ts';

const FEWEST_SIZES = 3;
const FEWEST_POINTS = 6;
/** The largest size must be at least so many times the smallest one. */
const LEAST_SPREAD = 4;

/**
 * How a figure grows with a size, and whether that can be told at all. Points at the same size are repeats; at least 6
 * points at 3 sizes, of which the largest is 4 times the smallest, are needed for any conclusion: a curve through 4
 * points of a busy machine can have any exponent.
 *
 * @throws UsageError where there is no point, or a size or value is not above 0
 */
export function fitGrowth(points: readonly GrowthPoint[], options: GrowthOptions = {}): Growth {
  const { tolerance = 1.25, noise = 0.002 } = options;
  demandUsable(points, tolerance, noise);
  const law = fitPowerLaw(points, noise);
  const overall = theilSen(points.map(({ size, value }) => ({ x: Math.log(size), y: Math.log(value) })));
  const slope = theilSen(points.map(({ size, value }) => ({ x: size, y: value })));
  const missing = whatIsMissing(points);
  const conclusion = missing.length > 0 ? 'cannot-tell' : conclude(law.exponent, tolerance);
  return {
    exponent: law.exponent,
    overall,
    slope,
    base: law.base,
    variableShare: variableShare(law, points),
    conclusion,
    reasons: conclusion !== 'cannot-tell' ? [] : missing.length > 0 ? missing : whyWide(law, points, slope),
    points,
  };
}

function demandUsable(points: readonly GrowthPoint[], tolerance: number, noise: number): void {
  const refuse = (message: string): never => {
    throw new UsageError('IMPOSSIBLE_GROWTH', message);
  };
  if (points.length === 0) refuse('Expected points to fit a growth to, got none');
  points.forEach(({ size, value }, i) => {
    if (!(size > 0 && Number.isFinite(size))) refuse(`Expected sizes above 0, got ${size} at point ${i + 1}`);
    if (!(value > 0 && Number.isFinite(value)))
      refuse(`Expected values above 0, got ${value} at point ${i + 1}`);
  });
  if (!(tolerance > 1 && Number.isFinite(tolerance)))
    refuse(`Expected a tolerance above 1, got ${tolerance}`);
  if (!(noise > 0 && noise < 1)) refuse(`Expected noise between 0 and 1, got ${noise}`);
}

/** Super-linear only where the interval excludes 1 and the estimate is worth mentioning. */
function conclude({ value, low, high }: Estimate, tolerance: number): Growth['conclusion'] {
  if (low > 1 && value >= tolerance) return 'super-linear';
  if (high < 1 && value <= 1 / tolerance) return 'sub-linear';
  if (low >= 1 / tolerance && high <= tolerance) return 'linear';
  return 'cannot-tell';
}

function whatIsMissing(points: readonly GrowthPoint[]): string[] {
  const sizes = points.map((point) => point.size);
  const [smallest, largest] = [Math.min(...sizes), Math.max(...sizes)];
  const different = new Set(sizes).size;
  return [
    ...(different < FEWEST_SIZES ? [`only ${different} sizes, ${FEWEST_SIZES} are needed`] : []),
    ...(points.length < FEWEST_POINTS ? [`only ${points.length} points, ${FEWEST_POINTS} are needed`] : []),
    ...(largest / smallest < LEAST_SPREAD
      ? [
          `the largest size is ${Number((largest / smallest).toPrecision(3))} times the smallest, ${LEAST_SPREAD} are needed`,
        ]
      : []),
  ];
}

function whyWide(law: PowerLaw, points: readonly GrowthPoint[], slope: Estimate): string[] {
  const { low, high } = law.exponent;
  const share = (100 * variableShare(law, points)).toFixed(0);
  const width = `exponents from ${low.toFixed(2)} to ${high.toFixed(2)} fit alike`;
  return slope.low <= 0
    ? [`it does not measurably grow with the size: ${width}`]
    : [`${width}; ${share} % of the largest value depend on the size`];
}

function variableShare({ base, coefficient, exponent }: PowerLaw, points: readonly GrowthPoint[]): number {
  const largest = Math.max(...points.map((point) => point.size));
  const variable = coefficient * largest ** exponent.value;
  return variable / (base + variable);
}
