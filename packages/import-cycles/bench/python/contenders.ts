import { join } from 'node:path';
import { REFERENCE_SCRIPT } from '../../test/reference/ask-reference.ts';
import { installPyright, unpackPylint } from './peers.ts';
import type { Installed } from './peers.ts';

/** A command to measure in the folder of a corpus; it prints what it found as one JSON object. */
export interface Contender {
  readonly name: string;
  readonly command: readonly string[];
  /** Why it cannot be run here. */
  readonly absent?: string;
}

const drivers = join(import.meta.dirname, 'drivers');
const driver = (name: string): string => join(drivers, name);

/** @param python interpreter of the reference; Debian's packages get Debian's own */
export function contenders(python: string, scratch: string, cacheFolder: string): Contender[] {
  const pyright = installPyright(scratch);
  const pylint = unpackPylint(scratch);
  const inFolder = (
    installed: Installed,
    command: (folder: string) => string[],
  ): Pick<Contender, 'command' | 'absent'> =>
    'folder' in installed
      ? { command: command(installed.folder) }
      : { command: [], absent: installed.absent };
  return [
    { name: OURS, command: [process.execPath, driver('seaworthy.mjs')] },
    { name: WARM, command: [process.execPath, driver('seaworthy.mjs'), cacheFolder] },
    { name: WALK, command: [process.execPath, driver('walk-and-stat.mjs')] },
    { name: REFERENCE, command: [python, '-W', 'ignore', REFERENCE_SCRIPT, '.', '--summary'] },
    { name: 'CPython ast.parse alone', command: [python, driver('parse_only.py')] },
    { name: 'modulefinder (standard library)', command: [python, driver('module_finder.py')] },
    {
      name: 'pylint R0401 (Debian)',
      ...inFolder(pylint, (folder) => [
        'env',
        `PYTHONPATH=${folder}`,
        '/usr/bin/python3',
        driver('pylint_cycles.py'),
      ]),
    },
    {
      name: 'pyright reportImportCycles (npm)',
      ...inFolder(pyright, (folder) => [process.execPath, driver('pyright.mjs'), folder, scratch]),
    },
  ];
}

/** Names of the rows that the claims are about. */
export const OURS = 'seaworthy';
export const WARM = 'seaworthy, warm cache';
export const WALK = 'walk and stat alone';
export const REFERENCE = 'reference on CPython’s ast';
