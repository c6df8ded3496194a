/** Two-sided. */
const ALPHA = 0.05;

/**
 * How many Walsh averages of `count` samples lie outside of the 95 % interval on each side: the largest k with
 * P(T < k) <= 2.5 %, T being Wilcoxon's signed-rank statistic. Exact, by counting the sets of ranks with each sum.
 */
export function rankSumOutside(count: number): number {
  const ways = new Float64Array((count * (count + 1)) / 2 + 1);
  ways[0] = 1;
  for (let rank = 1, largest = 0; rank <= count; rank++) {
    largest += rank;
    // Halved at each step: so they are probabilities in the end, and cannot overflow.
    for (let sum = largest; sum >= 0; sum--) {
      ways[sum] = ((ways[sum] ?? 0) + (sum >= rank ? (ways[sum - rank] ?? 0) : 0)) / 2;
    }
  }
  let outside = 0;
  let below = ways[0] ?? 1;
  while (below <= ALPHA / 2) {
    outside += 1;
    below += ways[outside] ?? 1;
  }
  return outside;
}
