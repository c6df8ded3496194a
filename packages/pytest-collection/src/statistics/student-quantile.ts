import { normalQuantile } from './normal-quantile.ts';

/**
 * The point of Student's t distribution below which a share of it lies: exact for 1 and 2 degrees of freedom, else by
 * G. W. Hill's expansion (Algorithm 396, Communications of the ACM 13, 1970, page 619), right to four places for the
 * usual shares.
 *
 * @param share above 0.5 and below 1
 * @param freedom degrees of freedom, at least 1
 */
export function studentQuantile(share: number, freedom: number): number {
  const both = 2 * (1 - share);
  if (freedom === 1) return 1 / Math.tan((both * Math.PI) / 2);
  if (freedom === 2) return Math.sqrt(2 / (both * (2 - both)) - 2);
  const a = 1 / (freedom - 0.5);
  const b = 48 / (a * a);
  let c = (((20_700 * a) / b - 98) * a - 16) * a + 96.36;
  const d = ((94.5 / (b + c) - 3) / b + 1) * Math.sqrt((a * Math.PI) / 2) * freedom;
  let x = d * both;
  let y = x ** (2 / freedom);
  if (y > 0.05 + a) {
    x = normalQuantile(both / 2);
    y = x * x;
    if (freedom < 5) c += 0.3 * (freedom - 4.5) * (x + 0.6);
    c = (((0.05 * d * x - 5) * x - 7) * x - 2) * x + b + c;
    y = (((((0.4 * y + 6.3) * y + 36) * y + 94.5) / c - y - 3) / b + 1) * x;
    y = Math.expm1(a * y * y);
  } else {
    y =
      ((1 / (((freedom + 6) / (freedom * y) - 0.089 * d - 0.822) * (freedom + 2) * 3) + 0.5 / (freedom + 4)) *
        y -
        1) *
        ((freedom + 1) / (freedom + 2)) +
      1 / y;
  }
  return Math.sqrt(freedom * y);
}
