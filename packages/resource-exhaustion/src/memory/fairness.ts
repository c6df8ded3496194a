/**
 * Jain's index of fairness: 1 where all have the same, 1/n where one has everything. 1 for nothing at all.
 *
 * @see Jain, Chiu, Hawe: A Quantitative Measure of Fairness and Discrimination (1984)
 */
export function fairnessOf(shares: readonly number[]): number {
  const sum = shares.reduce((total, one) => total + one, 0);
  const squares = shares.reduce((total, one) => total + one * one, 0);
  return squares === 0 ? 1 : (sum * sum) / (shares.length * squares);
}
