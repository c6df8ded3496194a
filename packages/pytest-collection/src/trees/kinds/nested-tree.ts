import type { NestedTree } from '../../model/tree-spec.ts';
import { numbered } from '../tree-file.ts';
import type { TreeFile, TreeLayout } from '../tree-file.ts';
import { dockFiles } from './nested/dock-files.ts';
import { sharedFiles, ROOT_FIXTURES } from './nested/shared-files.ts';
import { TESTS_PER_VESSEL_FILE, vesselFile } from './nested/vessel-file.ts';
import { rootFiles } from './root-files.ts';

/**
 * A project of some age: a package under test, contracts that test classes inherit from, and for each folder a conftest with
 * fixtures and a support module that imports those of its neighbours.
 */
export function nestedTree({ folders, files }: NestedTree): TreeLayout {
  const docks = Array.from({ length: folders }, (_, dock) => {
    const name = `dock_${numbered(dock, folders)}`;
    // A chain over all folders would be as deep as Python's recursion limit allows.
    const neighbour = dock % 5 === 0 ? undefined : `dock_${numbered(dock - 1, folders)}`;
    return [
      ...dockFiles(name, dock, neighbour),
      ...Array.from({ length: files }, (_, vessel): TreeFile => ({
        path: `tests/${name}/test_vessel_${numbered(vessel, files)}.py`,
        content: vesselFile(dock, vessel),
      })),
    ];
  });
  return {
    files: [
      ...rootFiles('Fixtures of all tests.', ROOT_FIXTURES),
      ...sharedFiles(),
      { path: 'tests/__init__.py', content: '' },
      ...docks.flat(),
    ],
    testFiles: folders * files,
    tests: folders * files * TESTS_PER_VESSEL_FILE,
  };
}
