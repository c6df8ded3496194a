import { ts } from 'ts-morph';

/**
 * The nodes around an offset, from the file down to the innermost one (whose leading blanks and comments count as part of
 * it). Trees are parsed without links to parents, and a search over the sorted lists of statements, members and arguments
 * makes this far cheaper than a walk.
 */
export function pathToPosition(file: ts.SourceFile, position: number): readonly ts.Node[] {
  const path: ts.Node[] = [file];
  for (let node: ts.Node | undefined = file; node;) {
    const next: ts.Node | undefined = ts.forEachChild(
      node,
      (child) => (contains(child, position) ? child : undefined),
      (children) => childAt(children, position),
    );
    if (next) path.push(next);
    node = next;
  }
  return path;
}

function contains(node: ts.Node, position: number): boolean {
  return node.pos <= position && position < node.end;
}

function childAt(children: ts.NodeArray<ts.Node>, position: number): ts.Node | undefined {
  if (position < children.pos || position >= children.end) return undefined;
  let low = 0;
  let high = children.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const child = children[middle]!;
    if (position < child.pos) high = middle - 1;
    else if (position >= child.end) low = middle + 1;
    else return child;
  }
  return undefined;
}
