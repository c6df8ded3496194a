import { basename, dirname, extname, join } from 'node:path';
import { ImportScanner } from '../scan/import-scanner.ts';
import { SourceReader } from '../source-reader.ts';
import { statsOf } from '../stats-of.ts';
import { isIdentifier } from './python-names.ts';
import type { Discovery, SourceFile, SourceFolder } from './source-file.ts';
import type { SourceWalk } from './walk-sources.ts';

const ROOT: SourceFolder = { key: '', isPackage: false, importable: true, parent: undefined };

/**
 * A script and what it reaches: modules and packages beside it, which Python finds first when it runs the script. A file
 * with a suffix that is none of Python's holds no source.
 */
export function followImports(script: string, walk: SourceWalk, largestFile: number): Discovery {
  const found: Discovery = { files: [], extensions: new Set() };
  if (!['.py', '.pyi', '.pyw', ''].includes(extname(script))) return found;
  const folder = dirname(script);
  const tops = new TopLevelNames(largestFile);
  const seen = new Set<string>([moduleOf(script).key]);
  found.files.push(moduleOf(script));
  for (const file of found.files) {
    for (const name of tops.importedBy(file)) {
      if (seen.has(name)) continue;
      seen.add(name);
      const inside = join(folder, name);
      if (isFolder(inside)) {
        const { files, extensions } = walk.walk(inside, name, new Set());
        found.files.push(...files);
        for (const extension of extensions) found.extensions.add(extension);
      }
      const beside = `${inside}.py`;
      if (statsOf(beside)?.isFile() === true) found.files.push(moduleOf(beside));
    }
  }
  return found;
}

function moduleOf(path: string): SourceFile {
  const suffix = extname(path);
  const stem = basename(path, suffix);
  const importable = suffix !== '' && suffix !== '.pyw' && isIdentifier(stem);
  return {
    path,
    openPath: path,
    folder: ROOT,
    key: stem,
    isPackage: false,
    importable,
    isStub: suffix === '.pyi',
  };
}

function isFolder(path: string): boolean {
  return statsOf(path)?.isDirectory() === true;
}

/** First parts of the absolute names that files import. */
class TopLevelNames {
  private readonly scanner = new ImportScanner();
  private readonly reader: SourceReader;

  constructor(largestFile: number) {
    this.reader = new SourceReader(largestFile);
  }

  importedBy(file: SourceFile): Set<string> {
    const names = new Set<string>();
    try {
      const source = this.reader.read(file.openPath);
      if ('tooLarge' in source) return names;
      this.scanner.scan(source.bytes, source.length, {
        addImport: (_kind, _form, level, module) => {
          if (level === 0) names.add(module.split('.', 1)[0]!);
        },
        addProblem: () => undefined,
        addIgnoreComment: () => undefined,
      });
    } catch {
      // The scan of all modules reports it.
    }
    return names;
  }
}
