const UNITS = [
  [2 ** 30, 'GiB'],
  [2 ** 20, 'MiB'],
  [2 ** 10, 'KiB'],
] as const;

/** Bytes for people: `1.5 GiB`, `256 MiB`, `12 bytes`; with more digits where what is compared is near. */
export function bytesAsText(bytes: number, digits = 1): string {
  const [size, unit] = UNITS.find(([size]) => bytes >= size) ?? [1, 'bytes'];
  return `${Number((bytes / size).toFixed(digits))} ${unit}`;
}
