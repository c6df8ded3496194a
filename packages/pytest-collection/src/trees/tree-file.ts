/** A file of a generated tree, before it is written. */
export interface TreeFile {
  /** Relative to the tree's root, with forward slashes. */
  readonly path: string;
  readonly content: string;
}

/** What a kind of tree consists of where nothing is broken. */
export interface TreeLayout {
  readonly files: readonly TreeFile[];
  /** Files that pytest takes for test files. */
  readonly testFiles: number;
  /** Tests in them. */
  readonly tests: number;
}

/** By pytest's default `python_files`. */
export function isTestFile({ path }: Pick<TreeFile, 'path'>): boolean {
  return /(^|\/)test_[^/]*\.py$/.test(path);
}

/** A number with leading zeros, so that names sort as their numbers do, which is the order in which pytest collects. */
export function numbered(number: number, count: number): string {
  return String(number).padStart(Math.max(2, String(count - 1).length), '0');
}
