import type { FaultBrick } from '../../model/tree-spec.ts';
import type { TreeFile } from '../tree-file.ts';
import { corruptingCache } from './corrupting-cache.ts';
import { crash } from './crash.ts';
import { hangingImport } from './hanging-import.ts';
import { ignoresSigint } from './ignores-sigint.ts';
import { importError } from './import-error.ts';
import { leakyConftest } from './leaky-conftest.ts';
import { lingeringThread } from './lingering-thread.ts';
import { lockContention } from './lock-contention.ts';
import { lostFiles } from './lost-files.ts';
import { memoryHog } from './memory-hog.ts';
import { misreportedImports } from './misreported-imports.ts';
import { orphanChild } from './orphan-child.ts';
import { parametrizeExplosion } from './parametrize-explosion.ts';
import { quadraticHook } from './quadratic-hook.ts';
import { slowImport } from './slow-import.ts';
import { swallowedInterrupt } from './swallowed-interrupt.ts';

/** The files of a tree with one fault more in them. */
export function layBrick(files: readonly TreeFile[], brick: FaultBrick): readonly TreeFile[] {
  switch (brick.kind) {
    case 'slow-import':
      return slowImport(files, brick);
    case 'leaky-conftest':
      return leakyConftest(files, brick);
    case 'quadratic-hook':
      return quadraticHook(files, brick);
    case 'swallowed-interrupt':
      return swallowedInterrupt(files, brick);
    case 'lock-contention':
      return lockContention(files, brick);
    case 'parametrize-explosion':
      return parametrizeExplosion(files, brick);
    case 'orphan-child':
      return orphanChild(files, brick);
    case 'hanging-import':
      return hangingImport(files, brick);
    case 'import-error':
      return importError(files, brick);
    case 'lost-files':
      return lostFiles(files, brick);
    case 'memory-hog':
      return memoryHog(files, brick);
    case 'crash':
      return crash(files, brick);
    case 'lingering-thread':
      return lingeringThread(files, brick);
    case 'misreported-imports':
      return misreportedImports(files, brick);
    case 'corrupting-cache':
      return corruptingCache(files, brick);
    case 'ignores-sigint':
      return ignoresSigint(files, brick);
  }
}
