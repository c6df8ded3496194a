import { dirname } from 'node:path/posix';
import type { ProjectConfig } from './project-config.ts';

/**
 * Where builds write to, each with a slash at its end: what lies there is a copy of the sources. A folder that also holds
 * the config or its sources is none.
 */
export function outputFolders(configs: readonly ProjectConfig[]): readonly string[] {
  const folders = new Set<string>();
  for (const { path, options } of configs) {
    if (path === undefined || options.noEmit === true) continue;
    const sources = [dirname(path), ...(options.rootDir === undefined ? [] : [options.rootDir])];
    for (const output of [options.outDir, options.declarationDir]) {
      if (output === undefined) continue;
      const folder = `${output.replace(/\/$/, '')}/`;
      if (!sources.some((source) => `${source}/`.startsWith(folder))) folders.add(folder);
    }
  }
  return [...folders];
}
