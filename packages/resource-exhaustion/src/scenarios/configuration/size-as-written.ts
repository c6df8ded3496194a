const UNITS = [
  ['g', 2 ** 30],
  ['m', 2 ** 20],
  ['k', 2 ** 10],
] as const;

/** Bytes as a compose file has them: `512m`. */
export function sizeAsWritten(bytes: number): string {
  const [unit, factor] = UNITS.find(([, size]) => bytes >= size && bytes % size === 0) ?? ['b', 1];
  return `${String(bytes / factor)}${unit}`;
}
