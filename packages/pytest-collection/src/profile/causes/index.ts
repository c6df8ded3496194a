import type { FindCause } from './cause-input.ts';
import { bytecodeNeverCached } from './bytecode-never-cached.ts';
import { descriptorLimit } from './descriptor-limit.ts';
import { emulatedProcessor } from './emulated-processor.ts';
import { endOfSessionGc } from './end-of-session-gc.ts';
import { expensivePlugin } from './expensive-plugin.ts';
import { extensionMissing } from './extension-missing.ts';
import { heavyConftest } from './heavy-conftest.ts';
import { heavyImport } from './heavy-import.ts';
import { hiddenExitCode } from './hidden-exit-code.ts';
import { initIgnoresSignals } from './init-ignores-signals.ts';
import { killedForMemory } from './killed-for-memory.ts';
import { leftoverChild } from './leftover-child.ts';
import { leftoverThread } from './leftover-thread.ts';
import { memoryGrows } from './memory-grows.ts';
import { mostlyDeselected } from './mostly-deselected.ts';
import { musl } from './musl.ts';
import { parametrizeExplosion } from './parametrize-explosion.ts';
import { slowFileSystem } from './slow-file-system.ts';
import { slowHook } from './slow-hook.ts';
import { slowModule } from './slow-module.ts';
import { smallSharedMemory } from './small-shared-memory.ts';
import { symlinkLoop } from './symlink-loop.ts';
import { waitsAtImport } from './waits-at-import.ts';
import { walksInVain } from './walks-in-vain.ts';
import { workersExceedCpus } from './workers-exceed-cpus.ts';
import { workersExceedMemory } from './workers-exceed-memory.ts';

/** Everything that is looked for. What ends a run comes before what slows it down. */
export const CAUSES: readonly FindCause[] = [
  killedForMemory,
  hiddenExitCode,
  musl,
  extensionMissing,
  symlinkLoop,
  workersExceedMemory,
  workersExceedCpus,
  waitsAtImport,
  heavyConftest,
  heavyImport,
  slowModule,
  slowHook,
  expensivePlugin,
  endOfSessionGc,
  bytecodeNeverCached,
  parametrizeExplosion,
  mostlyDeselected,
  walksInVain,
  slowFileSystem,
  emulatedProcessor,
  memoryGrows,
  leftoverThread,
  leftoverChild,
  descriptorLimit,
  smallSharedMemory,
  initIgnoresSignals,
];
