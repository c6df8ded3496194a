import { accessSync, constants, statSync } from 'node:fs';
import { UsageError } from '@seaworthy/scenario';

/**
 * @throws UsageError where the path is no program that may be executed.
 */
export function demandInterpreter(python: string): void {
  const stat = statSync(python, { throwIfNoEntry: false });
  if (stat === undefined) {
    throw new UsageError(
      'NO_INTERPRETER',
      `There is no Python interpreter at ${python}. Name one that is there, such as the bin/python of a virtual environment`,
    );
  }
  if (!stat.isFile() || !mayExecute(python)) {
    throw new UsageError(
      'NO_INTERPRETER',
      `${python} cannot be executed. Name a Python interpreter, such as the bin/python of a virtual environment`,
    );
  }
}

function mayExecute(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
