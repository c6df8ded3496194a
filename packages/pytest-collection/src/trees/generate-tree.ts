import type { GeneratedTree, TreeSpec } from '../model/tree-spec.ts';
import { checkTreeSpec } from './check-tree-spec.ts';
import { layOutTree } from './lay-out-tree.ts';
import { storeTree } from './store/store-tree.ts';
import { digestOf } from './store/tree-digest.ts';

export interface GenerateTreeOptions {
  /** Absolute path; made where it is missing. Trees lie in it by their digest, so that each is written once only. */
  readonly cacheFolder: string;
}

/**
 * Writes a tree of test files for pytest to collect, or finds it where it was written before. Any number of processes may ask
 * for the same tree at once, and be killed at it: a tree that is half written is never used. One that was changed since is
 * put right.
 *
 * @throws UsageError `BAD_TREE` for a specification that makes no sense, `CANNOT_WRITE` where the disk refuses.
 */
export async function generateTree(spec: TreeSpec, options: GenerateTreeOptions): Promise<GeneratedTree> {
  checkTreeSpec(spec);
  const { files, testFiles, tests } = layOutTree(spec);
  const digest = digestOf(files);
  const { root, reused } = await storeTree(files, digest, options.cacheFolder);
  return { root, spec, files: testFiles, tests, digest, reused };
}
