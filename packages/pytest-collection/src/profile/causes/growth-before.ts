import type { Recording } from '../../model/recording.ts';
import { projectPath } from '../parts/project-path.ts';

/** The conftests and files during which memory grew most, the largest first. */
export function growthBefore(
  { collectors, conftests }: Recording,
  root: string,
  most: number = 3,
): { readonly name: string; readonly bytes: number }[] {
  const path = projectPath(root);
  const grown = [
    ...conftests.map((conftest) => ({ name: path(conftest.path), bytes: conftest.memoryBytes })),
    ...collectors.flatMap(({ nodeId, own }) =>
      own === undefined || nodeId === '' ? [] : [{ name: nodeId, bytes: own.memoryBytes }],
    ),
  ];
  return grown
    .filter(({ bytes }) => bytes >= 1_000_000)
    .sort((left, right) => right.bytes - left.bytes)
    .slice(0, most);
}
