/** A Python version that is compared by its first two numbers. */
export interface PythonVersion {
  readonly major: number;
  readonly minor: number;
}

/** The first two numbers of `3.11.7`; `undefined` where there are none. */
export function parsePythonVersion(text: string): PythonVersion | undefined {
  const match = /^\s*(\d+)\.(\d+)/.exec(text);
  return match === null ? undefined : { major: Number(match[1]), minor: Number(match[2]) };
}

/** Whether a version is at least another. */
export function isAtLeast(version: PythonVersion | undefined, major: number, minor: number): boolean {
  return (
    version !== undefined && (version.major > major || (version.major === major && version.minor >= minor))
  );
}

/** The oldest Python whose programs are run, and whose sources are read. */
export const OLDEST_SUPPORTED = '3.8';

/** Whether an interpreter of this version can be used. */
export function isSupported(version: PythonVersion | undefined): boolean {
  return isAtLeast(version, 3, 8);
}
