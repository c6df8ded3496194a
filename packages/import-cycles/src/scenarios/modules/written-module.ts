import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A Python module that a scenario writes into its workspace. */
export interface WrittenModule {
  /** Dotted, as it is imported. */
  readonly name: string;
  readonly source: string;
}

/** Path of a module below its folder, with forward slashes. */
export function pathOf(module: WrittenModule): string {
  return `${module.name.replaceAll('.', '/')}.py`;
}

/** Writes modules below a folder, overwriting those that are there. */
export async function writeModules(folder: string, modules: readonly WrittenModule[]): Promise<void> {
  for (const module of modules) {
    const path = join(folder, pathOf(module));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, module.source);
  }
}

/** The modules with one of them changed: the others stay the same objects. */
export function withSource(
  modules: readonly WrittenModule[],
  name: string,
  change: (source: string) => string,
): readonly WrittenModule[] {
  return modules.map((module) => (module.name === name ? { name, source: change(module.source) } : module));
}
