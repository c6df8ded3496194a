import type { Rest } from './fold-tree.ts';
import { counted } from './quantity.ts';

/** `12 more files`, `3 more folders and 12 files`. */
export function restLabel(rest: Rest): string {
  return labelled(rest, 'more ');
}

/** Of all that a node holds: `12 files`, `3 folders and 12 files`. */
export function insideLabel(rest: Rest): string {
  return labelled(rest, '');
}

function labelled({ folders, files, classes, others }: Rest, more: string): string {
  const kinds = [
    [folders, 'folder', 'folders'],
    [files, 'file', 'files'],
    [classes, 'class', 'classes'],
    [others, 'other', 'others'],
  ] as const;
  return kinds
    .filter(([count]) => count > 0)
    .map(([count, noun, plural], at) => {
      const before = at === 0 ? more : '';
      return counted(count, before + noun, before + plural);
    })
    .reduce(
      (list, kind, at, { length }) => `${list}${at === 0 ? '' : at === length - 1 ? ' and ' : ', '}${kind}`,
      '',
    );
}
