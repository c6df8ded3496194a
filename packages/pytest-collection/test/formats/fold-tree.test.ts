import { describe, expect, it } from 'vitest';
import { foldTree, type ShownNode } from '../../src/formats/fold-tree.ts';
import { insideLabel, restLabel } from '../../src/formats/rest-label.ts';
import { aFileNode, aNode } from './a-profile.ts';

/** `a(b, c, +2)` for a node with two children shown and two that are not. */
function sketch({ name, children, rest }: ShownNode): string {
  const below = [
    ...children.map(sketch),
    ...(rest === undefined ? [] : [`+${rest.folders + rest.files + rest.classes + rest.others}`]),
  ];
  return below.length === 0 ? name : `${name}(${below.join(', ')})`;
}

const few = Array.from({ length: 5 }, (_, at) => aFileNode(`few${at}`, 1));

describe('foldTree', () => {
  it('folds what has too small a part, and sums it up', () => {
    const tree = aNode('folder', 'top', {}, [aFileNode('slow', 95), ...few]);
    const folded = foldTree(tree, { most: 100, least: 0.02 });
    expect(sketch(folded)).toBe('top(slow, +5)');
    expect(folded.rest).toMatchObject({ files: 5, folders: 0, wallMs: 5, items: 50 });
    expect(restLabel(folded.rest!)).toBe('5 more files');
  });

  it('shows a child at exactly the least part', () => {
    const tree = aNode('folder', 'top', {}, [aFileNode('slow', 98), aFileNode('a', 2), ...few.slice(0, 0)]);
    expect(sketch(foldTree(tree, { most: 100, least: 0.02 }))).toBe('top(slow, a)');
  });

  it('shows one child rather than "1 more"', () => {
    const tree = aNode('folder', 'top', {}, [aFileNode('slow', 995), aFileNode('quick', 1)]);
    expect(sketch(foldTree(tree, { most: 100, least: 0.02 }))).toBe('top(slow, quick)');
  });

  it('keeps the most expensive where there is room for few, with all above them', () => {
    const tree = aNode('folder', 'top', {}, [
      aNode('folder', 'a', {}, [aFileNode('a1', 50), aFileNode('a2', 3), aFileNode('a3', 2)]),
      aNode('folder', 'b', {}, [aFileNode('b1', 20), aFileNode('b2', 4), aFileNode('b3', 1)]),
    ]);
    expect(sketch(foldTree(tree, { most: 4 }))).toBe('top(a(a1, +2), b(+3))');
  });

  it('shows what is cheap in time and heavy in memory', () => {
    const heavy = aNode('file', 'heavy', { wallMs: 0.1, memoryBytes: 900e6 });
    const tree = aNode('folder', 'top', {}, [aFileNode('slow', 95), heavy, ...few]);
    expect(sketch(foldTree(tree, { most: 100, least: 0.05 }))).toBe('top(slow, heavy, +5)');
  });

  it('shows what is broken, however cheap', () => {
    const broken = aNode('file', 'broken', { wallMs: 0.1, errors: 1 });
    const tree = aNode('folder', 'top', {}, [aFileNode('slow', 95), broken, ...few]);
    expect(sketch(foldTree(tree, { most: 100, least: 0.05 }))).toBe('top(slow, broken, +5)');
  });

  it('joins folders that hold nothing but a folder', () => {
    const deep = aNode('folder', 'a', {}, [aNode('folder', 'b', {}, [aNode('folder', 'c', {}, few)])]);
    expect(sketch(foldTree(aNode('folder', 'top', {}, [deep]), { most: 4 }))).toBe('top(a/b/c(+5))');
  });

  it('gives a joined name the costs of all folders on it', () => {
    const deep = aNode('folder', 'a', { wallMs: 7 }, [aNode('folder', 'b', {}, few)]);
    const [joined] = foldTree(aNode('folder', 'top', {}, [deep]), { most: 4 }).children;
    expect(joined).toMatchObject({ name: 'a/b', node: { wallMs: 12 } });
  });

  it('does not open what is shown only since it is the last one', () => {
    const cheap = aNode('folder', 'cheap', {}, [aFileNode('x', 0.1)]);
    const tree = aNode('folder', 'top', {}, [aFileNode('slow', 95), cheap]);
    expect(sketch(foldTree(tree, { most: 100, least: 0.02 }))).toBe('top(slow, cheap(+1))');
  });

  it('copes with a tree in which nothing costs anything', () => {
    expect(sketch(foldTree(aNode('folder', 'top', {}, [aNode('file', 'a')]), { most: 9, least: 0.02 }))).toBe(
      'top(a)',
    );
  });
});

it('names what is folded by its kinds', () => {
  const rest = {
    folders: 1,
    files: 12,
    classes: 0,
    others: 0,
    wallMs: 0,
    cpuMs: 0,
    memoryBytes: 0,
    items: 0,
    errors: 0,
  };
  expect(restLabel(rest)).toBe('1 more folder and 12 files');
  expect(insideLabel(rest)).toBe('1 folder and 12 files');
  expect(insideLabel({ ...rest, folders: 0, files: 0, classes: 2 })).toBe('2 classes');
  expect(restLabel({ ...rest, classes: 3, others: 1 })).toBe(
    '1 more folder, 12 files, 3 classes and 1 other',
  );
});
