/** Pages that macOS gives to whoever asks for memory. */
const AVAILABLE = ['free', 'inactive', 'speculative', 'purgeable'];

/** Bytes that can be had according to the output of macOS's `vm_stat`; `undefined` where it is none. */
export function parseVmStat(text: string): number | undefined {
  const pageBytes = /page size of (\d+) bytes/.exec(text)?.[1];
  if (pageBytes === undefined) return undefined;
  const pages = AVAILABLE.map((kind) => new RegExp(`^Pages ${kind}:\\s+(\\d+)\\.`, 'm').exec(text)?.[1] ?? 0);
  return pages.reduce((total: number, count) => total + Number(count), 0) * Number(pageBytes);
}
