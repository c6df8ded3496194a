import type { TreeFile } from '../tree-file.ts';
import type { Brick } from './brick.ts';
import { asSeconds, withTestFiles } from './change-files.ts';

/** A module that every test file imports takes its time, as one that loads a model or asks a server does. */
export function slowImport(files: readonly TreeFile[], { ms }: Brick<'slow-import'>): readonly TreeFile[] {
  const module = `"""Takes its time."""
import time

time.sleep(${asSeconds(ms)})
LOADED = True
`;
  return [...withTestFiles(files, () => 'import slow_charts'), { path: 'slow_charts.py', content: module }];
}
