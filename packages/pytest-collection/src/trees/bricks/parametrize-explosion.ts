import type { TreeFile } from '../tree-file.ts';
import type { Brick } from './brick.ts';
import { withMiddleFile } from './change-files.ts';

/** One test function more, in the file in the middle, with so many parameters. */
export function parametrizeExplosion(
  files: readonly TreeFile[],
  { items }: Brick<'parametrize-explosion'>,
): readonly TreeFile[] {
  return withMiddleFile(
    files,
    `import pytest as _pytest


@_pytest.mark.parametrize("crate", range(${items}))
def test_every_crate(crate):
    assert crate >= 0
`,
  );
}
