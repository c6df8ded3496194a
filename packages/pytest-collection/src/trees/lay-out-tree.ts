import type { TreeSpec } from '../model/tree-spec.ts';
import { circularTree } from './kinds/circular-tree.ts';
import { nestedTree } from './kinds/nested-tree.ts';
import { simpleTree } from './kinds/simple-tree.ts';
import { layBrick } from './bricks/lay-brick.ts';
import type { TreeLayout } from './tree-file.ts';

/** All files of a tree, its faults included. The same specification always gives the same files. */
export function layOutTree(spec: TreeSpec): TreeLayout {
  const layout = layOutKind(spec);
  const files = (spec.bricks ?? []).reduce(layBrick, layout.files);
  return { ...layout, files };
}

function layOutKind(spec: TreeSpec): TreeLayout {
  switch (spec.kind) {
    case 'simple':
      return simpleTree(spec);
    case 'nested':
      return nestedTree(spec);
    case 'circular':
      return circularTree(spec);
  }
}
