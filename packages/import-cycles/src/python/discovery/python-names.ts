const ASCII_IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;
const IDENTIFIER = /^[\p{XID_Start}_]\p{XID_Continue}*$/u;

/** Whether an `import` statement can name a file or folder of this name (without suffix). */
export function isIdentifier(name: string): boolean {
  if (ASCII_IDENTIFIER.test(name)) return true;
  // Python normalises the names in a source, so that only files of normalised names are found.
  return IDENTIFIER.test(name) && name.normalize('NFKC') === name;
}

/** The key of `name` in the folder `key`. Dots in a name (`x.y.py`) must not look like a submodule. */
export function joinKey(key: string, name: string): string {
  const part = name.replaceAll('.', '\u0000');
  return key === '' ? part : `${key}.${part}`;
}

/** Everything before the last dot; empty for a top-level name. */
export function parentKey(key: string): string {
  const dot = key.lastIndexOf('.');
  return dot < 0 ? '' : key.slice(0, dot);
}

const EXTENSION_MODULE = /^([^.]+)(?:\.(?:cpython-|cp|pypy|abi3|graalpy)[^/]*)?\.(?:so|pyd)$/;

/** Module name of a file that holds an extension module; undefined for other files. */
export function extensionModuleName(file: string): string | undefined {
  return EXTENSION_MODULE.exec(file)?.[1];
}
