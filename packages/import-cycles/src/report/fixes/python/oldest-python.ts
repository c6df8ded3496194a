import { isAtLeast, parsePythonVersion } from '../../../python-version.ts';
import type { PythonVersion } from '../../../python-version.ts';
import type { ReadSource } from '../../source-text.ts';

/**
 * The oldest Python that a project says it runs on: `requires-python` of the nearest `pyproject.toml` (Poetry's `python`
 * where it has that instead), or `python_requires` of `setup.cfg`, in a root or a folder above it.
 */
export function oldestPython(roots: readonly string[], readSource: ReadSource): PythonVersion | undefined {
  for (const root of roots) {
    for (const folder of upwards(root)) {
      const at = (name: string): string | undefined =>
        readSource(folder === '' ? name : `${folder}/${name}`)?.replace(/^\s*[#;].*$/gm, '');
      const requirement =
        /^\s*requires-python\s*=\s*["']([^"']+)["']/m.exec(at('pyproject.toml') ?? '')?.[1] ??
        /^\s*python\s*=\s*["']([^"']+)["']/m.exec(at('pyproject.toml') ?? '')?.[1] ??
        /^\s*python_requires\s*=\s*(.+)$/m.exec(at('setup.cfg') ?? '')?.[1];
      if (requirement !== undefined) return lowerBound(requirement);
    }
  }
  return undefined;
}

/** The smallest version that a specifier such as `>=3.9,<4` lets through. */
function lowerBound(specifier: string): PythonVersion | undefined {
  let highest: PythonVersion | undefined;
  for (const part of specifier.split(',')) {
    const match = /^\s*(?:>=|>|~=|===?|\^|~)\s*(\d+\.\d+)/.exec(part);
    const version = match === null ? undefined : parsePythonVersion(match[1]!);
    if (
      version !== undefined &&
      (highest === undefined || isAtLeast(version, highest.major, highest.minor))
    ) {
      highest = version;
    }
  }
  return highest;
}

function* upwards(folder: string): Generator<string> {
  const parts = folder.split('/').filter((part) => part !== '' && part !== '.');
  for (let length = parts.length; length >= 0; length--) yield parts.slice(0, length).join('/');
}
