import { isTestFile } from '../tree-file.ts';
import type { TreeFile } from '../tree-file.ts';

/** The files with code at the end of the conftest of the whole tree. */
export function withConftest(files: readonly TreeFile[], code: string): readonly TreeFile[] {
  return files.map((file) =>
    file.path === 'conftest.py' ? { ...file, content: `${file.content}\n\n${code}` } : file,
  );
}

/** The files with code at the beginning of those test files for whose position among all of them it is given. */
export function withTestFiles(
  files: readonly TreeFile[],
  codeFor: (index: number, count: number) => string | undefined,
): readonly TreeFile[] {
  const count = files.filter(isTestFile).length;
  let index = 0;
  return files.map((file) => {
    if (!isTestFile(file)) return file;
    const code = codeFor(index++, count);
    return code === undefined ? file : { ...file, content: `${code}\n\n${file.content}` };
  });
}

/** The files with code at the beginning of the test file in the middle. */
export function withMiddleFile(files: readonly TreeFile[], code: string): readonly TreeFile[] {
  return withTestFiles(files, (index, count) => (index === Math.floor(count / 2) ? code : undefined));
}

/** A time of the specification (ms) as Python's functions take it. */
export const asSeconds = (ms: number): string => String(ms / 1000);
