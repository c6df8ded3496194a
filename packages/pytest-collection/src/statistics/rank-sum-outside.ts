/**
 * How many Walsh averages of `count` samples lie outside of an interval on each side: the largest k with P(T < k) at most
 * half of what the confidence leaves, T being Wilcoxon's signed-rank statistic. Exact, by counting the sets of ranks with
 * each sum.
 */
export function rankSumOutside(count: number, confidence = 0.95): number {
  const tail = (1 - confidence) / 2;
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
  while (below <= tail) {
    outside += 1;
    below += ways[outside] ?? 1;
  }
  return outside;
}
