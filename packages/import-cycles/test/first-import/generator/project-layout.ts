import type { Random } from './random.ts';

export interface PlannedModule {
  readonly name: string;
  readonly path: string;
  readonly isPackage: boolean;
  /** Dotted package that relative imports start from; empty for a top-level module. */
  readonly packageName: string;
  readonly values: readonly string[];
  readonly functions: readonly string[];
  readonly classes: readonly string[];
  /** Modules that it imports more often than others. */
  friends: readonly PlannedModule[];
}

/** Modules, packages, nested packages and namespace packages, without their contents. */
export function planLayout(random: Random): PlannedModule[] {
  const modules: PlannedModule[] = [];
  const add = (name: string, isPackage: boolean): void => {
    const tag = `${modules.length}`;
    modules.push({
      name,
      path: `${name.replaceAll('.', '/')}${isPackage ? '/__init__' : ''}.py`,
      isPackage,
      packageName: isPackage ? name : name.slice(0, Math.max(name.lastIndexOf('.'), 0)),
      values: [`value_${tag}`, `other_${tag}`],
      functions: [`call_${tag}`],
      classes: [`Type_${tag}`],
      friends: [],
    });
  };
  const fill = (folder: string, depth: number): void => {
    const isNamespace = random.chance(0.15);
    if (!isNamespace) add(folder, true);
    const leaves = 1 + random.below(3);
    for (let index = 0; index < leaves; index++) add(`${folder}.${'abc'[index]}`, false);
    if (depth < 3 && random.chance(0.45))
      fill(`${folder}.${random.pick(['deep', 'inner', 'sub'])}`, depth + 1);
  };
  const packages = 1 + random.below(2);
  for (let index = 0; index < packages; index++) fill(['shop', 'core'][index]!, 1);
  const plain = random.below(3);
  for (let index = 0; index < plain; index++) add(['alone', 'single', 'utils'][index]!, false);
  modules.forEach((module, index) => {
    // Later modules are used more often than earlier ones, so that not everything is one knot.
    const later = modules.slice(index + 1);
    module.friends = Array.from({ length: 1 + random.below(3) }, () =>
      later.length > 0 && random.chance(0.75) ? random.pick(later) : random.pick(modules),
    );
  });
  return modules;
}
