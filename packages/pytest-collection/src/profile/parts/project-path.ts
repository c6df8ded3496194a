import { isAbsolute, relative, sep } from 'node:path';

/** How a profile writes the paths of a recording. */
export type ProjectPath = (absolute: string) => string;

/** Relative to `root` with forward slashes where a path lies inside of it; absolute otherwise. The root itself is `.`. */
export function projectPath(root: string): ProjectPath {
  return (absolute) => {
    const inside = relative(root, absolute);
    if (inside === '') return '.';
    const path = isOutside(inside) ? absolute : inside;
    return sep === '/' ? path : path.replaceAll(sep, '/');
  };
}

export function isInside(root: string, path: string): boolean {
  return !isOutside(relative(root, path));
}

const isOutside = (inside: string): boolean =>
  inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside);
