const UNITS = [
  [2 ** 30, 'GiB'],
  [2 ** 20, 'MiB'],
  [2 ** 10, 'KiB'],
] as const;

/** Bytes of a limit, in the powers of 1024 that Docker and Compose write them in: `512 MiB` for `512m`. */
export function sizeOfLimit(bytes: number): string {
  const [factor, unit] = UNITS.find(([size]) => bytes >= size) ?? [1, 'bytes'];
  return `${String(Number((bytes / factor).toFixed(1)))} ${unit}`;
}
