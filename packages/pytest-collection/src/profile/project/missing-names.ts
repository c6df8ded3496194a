import { basename, dirname } from 'node:path';
import type { CollectionError } from '../../model/recording.ts';
import type { MissingName } from '../project-facts.ts';
import { blankSource } from '../source/blank-source.ts';
import { importStatements } from '../source/import-statements.ts';
import type { ReadSource } from '../source/read-source.ts';
import { FILES_HERE, type FileView } from './file-view.ts';

const BLAMED =
  /cannot import name '([^']+)' from partially initialized module '([\w.]+)' \(most likely due to a circular import\) \(([^)\n]+)\)/g;
const SOURCES = /\.(?:pyx|c|cc|cpp|cxx|rs|f90|pyi)$/;

/** What lies where the names should be that Python calls part of a circular import. Of packages alone: a module has no submodules. */
export function missingNames(
  errors: readonly Pick<CollectionError, 'message' | 'traceback'>[],
  pythonVersion: string,
  readSource: ReadSource,
  view: FileView = FILES_HERE,
): MissingName[] {
  const found = new Map<string, MissingName>();
  for (const { name, module, path } of blamedPackages(errors)) {
    if (found.has(`${module}:${name}`)) continue;
    const folder = dirname(path);
    const files = view
      .entries(folder)
      .map((entry) => entry.name)
      .filter((file) => file === name || file.startsWith(`${name}.`))
      .sort();
    const compiled = files.filter((file) => /\.(?:so|pyd)$/.test(file));
    const loadable = compiled.filter((file) => fits(file, pythonVersion));
    const submodule = files.some((file) => file === name || file === `${name}.py`) || loadable.length > 0;
    found.set(`${module}:${name}`, {
      name,
      module,
      folder,
      exists: submodule || binds(readSource(path) ?? '', name, module),
      otherBuilds: compiled.filter((file) => !loadable.includes(file)),
      sources: files.filter((file) => SOURCES.test(file)),
    });
  }
  return [...found.values()];
}

/** Which names of which packages errors call part of a circular import; `path` is that of the package's `__init__.py`. */
export function blamedPackages(
  errors: readonly Pick<CollectionError, 'message' | 'traceback'>[],
): { readonly name: string; readonly module: string; readonly path: string }[] {
  return errors.flatMap(({ message, traceback }) =>
    [...`${message}\n${traceback}`.matchAll(BLAMED)]
      .map(([, name = '', module = '', path = '']) => ({ name, module, path }))
      .filter(({ path }) => basename(path) === '__init__.py'),
  );
}

/** `_x.so` and `_x.abi3.so` fit every version, `_x.cpython-311-x86_64-linux-gnu.so` and `_x.cp311-win_amd64.pyd` one. */
function fits(file: string, version: string): boolean {
  const tag = /\.(?:cpython-|cp)(\d)(\d+)/.exec(file);
  const [major, minor] = version.split('.');
  return tag === null || (tag[1] === major && tag[2] === minor);
}

/** Whether a package's own source gives the name a value, by anything else than importing a submodule. */
function binds(source: string, name: string, module: string): boolean {
  const text = blankSource(source);
  const word = name.replace(/[^\w]/g, '');
  if (new RegExp(`^[ \\t]*(?:(?:async[ \\t]+)?def|class)[ \\t]+${word}\\b`, 'm').test(text)) return true;
  if (new RegExp(`^[ \\t]*${word}[ \\t]*(?::[^=\\n]+)?=[^=]`, 'm').test(text)) return true;
  if (new RegExp(`\\bas[ \\t]+${word}\\b`).test(text)) return true;
  return importStatements(source).some(
    (statement) => statement.names.includes(name) && statement.module !== '' && statement.module !== module,
  );
}
