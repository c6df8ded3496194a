import { join } from 'node:path';
import { packageFolder } from '../package-folder.ts';

/** What a run exits with that the memory guard ended. */
export const MEMORY_GUARD_EXIT_CODE = 86;

/** What every reason of the memory guard begins with: pytest's own (Exit, or an interrupt), and its lines on standard error. */
export const MEMORY_GUARD_PREFIX = 'memory guard: ';

/** Name of the variable with the file to which the guard appends its reason, so that it is known however the process ended. */
export const MEMORY_GUARD_FILE_VARIABLE = 'SEAWORTHY_MEMORY_GUARD_FILE';

/** Absolute path of the folder to put on PYTHONPATH for `pytest -p seaworthy_memory_guard`. */
export function memoryGuardFolder(): string {
  return join(packageFolder(), 'python');
}
