import type { CircularTree } from '../../model/tree-spec.ts';
import type { TreeFile, TreeLayout } from '../tree-file.ts';
import { planKnots } from './circular/plan-knots.ts';
import { TESTS_PER_PORT, portFile } from './circular/port-file.ts';
import { rootFiles } from './root-files.ts';

/** Test modules in knots of a few, in each of which every module imports others until the circle closes. */
export function circularTree(spec: CircularTree): TreeLayout {
  const ports = planKnots(spec);
  return {
    files: [
      ...rootFiles('Ports that know each other.'),
      ...ports.map((port): TreeFile => ({ path: `ports/${port.name}.py`, content: portFile(port) })),
    ],
    testFiles: ports.length,
    tests: ports.length * TESTS_PER_PORT,
  };
}
