import { createHash } from 'node:crypto';

/**
 * The identity of a knot: ten hex digits of the SHA-256 of its modules' names, sorted by code unit so that neither the
 * order of files nor a machine's locale plays a part.
 */
export function knotId(modules: Iterable<string>): string {
  return createHash('sha256')
    .update([...modules].sort(byCodeUnit).join('\0'))
    .digest('hex')
    .slice(0, 10);
}

/** Orders strings the same on every machine. */
export function byCodeUnit(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
