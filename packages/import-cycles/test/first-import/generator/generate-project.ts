import { GUARD_FORMS } from './guard-forms.ts';
import { IMPORT_FORMS } from './import-forms.ts';
import { ModuleWriter } from './module-writer.ts';
import { planLayout, type PlannedModule } from './project-layout.ts';
import { Random } from './random.ts';
import { containersOf, STATE_FORMS } from './state-forms.ts';
import { USE_FORMS } from './use-forms.ts';

export interface GeneratedProject {
  readonly modules: readonly {
    readonly name: string;
    readonly path: string;
    readonly isPackage: boolean;
    readonly source: string;
  }[];
}

/**
 * A random project that mixes the ways in which modules import and use each other.
 *
 * @param minor oldest Python 3 that is to run it: its syntax only is used
 * @param forms counts how often each form was written
 */
export function generateProject(
  seed: number,
  minor = 8,
  forms: Map<string, number> = new Map(),
): GeneratedProject {
  const random = new Random(seed);
  const modules = planLayout(random);
  return {
    modules: modules.map((module) => ({
      name: module.name,
      path: module.path,
      isPackage: module.isPackage,
      source: writeModule(new ModuleWriter(module, modules, random, minor, forms)),
    })),
  };
}

function writeModule(writer: ModuleWriter): string {
  const { random } = writer;
  if (random.chance(0.15)) writer.write('"""Documentation."""');
  if (random.chance(0.12)) {
    writer.used('from __future__ import annotations');
    writer.write('from __future__ import annotations');
  }
  const definitions = random.chance(0.08) ? [] : definitionsOf(writer);
  const steps = 1 + random.below(random.pick([2, 3, 4]));
  const early = random.pick([0, 0.5, 0.9, 1, 1, 1, 1]);
  for (let index = 0; index < steps; index++) {
    // Many modules define what they offer before they import, some in between, some after.
    while (definitions.length > 0 && random.chance(early)) definitions.shift()!();
    writeStep(writer);
  }
  for (const define of definitions) define();
  if (random.chance(0.12)) writeStep(writer);
  return `${writer.lines.join('\n')}\n`;
}

function writeStep(writer: ModuleWriter): void {
  const roll = writer.random.next();
  if (roll < 0.5) writeForm(writer, IMPORT_FORMS.map(([weight, name, write]) => [weight, name, () => write(writer, '')] as const)); // prettier-ignore
  else writeForm(writer, (roll < 0.67 ? USE_FORMS : roll < 0.87 ? GUARD_FORMS : STATE_FORMS).map(([weight, name, write]) => [weight, name, () => write(writer)] as const)); // prettier-ignore
}

function writeForm(writer: ModuleWriter, forms: readonly (readonly [number, string, () => void])[]): void {
  let roll = writer.random.next() * forms.reduce((sum, [weight]) => sum + weight, 0);
  for (const [weight, name, write] of forms) {
    roll -= weight;
    if (roll > 0) continue;
    writer.used(name);
    return write();
  }
}

/** What the module offers to others; a few promise more than they hold. */
function definitionsOf(writer: ModuleWriter): (() => void)[] {
  const { random, module } = writer;
  const { list: registry, table } = containersOf(module);
  const list = [
    () => writer.write(`${registry} = []`, `${table} = {"inner": []}`),
    ...module.values.map((name) => () => valueDefinition(writer, name)),
    ...module.functions.map((name) => () => functionDefinition(writer, name)),
    ...module.classes.map((name) => () => classDefinition(writer, name)),
  ];
  if (random.chance(0.2)) list.splice(random.below(list.length), 0, () => allDefinition(writer, module));
  if (random.chance(0.12)) list.splice(random.below(list.length), 0, () => moduleGetattr(writer, module));
  return list.filter(() => random.chance(0.99));
}

function valueDefinition(writer: ModuleWriter, name: string): void {
  writer.write(`${name} = ${writer.random.chance(0.15) ? writer.use('value') : writer.random.below(100)}`);
}

function functionDefinition(writer: ModuleWriter, name: string): void {
  const { random } = writer;
  writer.write(`def ${name}(given=None, *more):`);
  if (random.chance(0.25)) {
    writer.used('import in a called function');
    writer.write(
      random.chance(0.5)
        ? `    import ${writer.target().name}`
        : `    from ${writer.path(writer.target())} import ${random.pick(writer.target().values)}`,
    );
  }
  writer.write(random.chance(0.3) ? `    local = ${writer.use()}` : '    local = given', '    return given');
}

function classDefinition(writer: ModuleWriter, name: string): void {
  const { random } = writer;
  writer.write(`class ${name}(${random.chance(0.2) ? writer.use('class') : ''}):`);
  if (random.chance(0.3)) writer.write('    def __init__(self):', `        self.value = ${writer.use()}`);
  if (random.chance(0.2)) writer.write('    def __init_subclass__(cls):', `        cls.of = ${writer.use()}`);
  writer.write(`    field = ${random.chance(0.2) ? writer.use() : '1'}`);
}

function allDefinition(writer: ModuleWriter, module: PlannedModule): void {
  const { random } = writer;
  const names = [...module.values, ...module.functions].filter(() => random.chance(0.7));
  if (random.chance(0.1)) names.push('missing');
  if (module.isPackage && random.chance(0.5)) names.push('a');
  const literal = names.map((name) => `"${name}"`);
  writer.used('__all__');
  const form = random.below(4);
  if (form === 0) writer.write(`__all__ = (${literal.join(', ')}${literal.length === 1 ? ',' : ''})`);
  else if (form === 1) writer.write(`__all__ = [${literal.join(', ')}]`);
  else if (form === 2)
    writer.write(
      `__all__ = [${literal.slice(1).join(', ')}]`,
      `__all__ += [${literal.slice(0, 1).join(', ')}]`,
    );
  else
    writer.write(
      `__all__ = [${literal.slice(1).join(', ')}]`,
      `__all__.extend([${literal.slice(0, 1).join(', ')}])`,
    );
}

function moduleGetattr(writer: ModuleWriter, module: PlannedModule): void {
  const { random } = writer;
  writer.used('module __getattr__');
  writer.write('def __getattr__(name):', `    if name == "${random.pick([...module.values, 'missing'])}":`);
  const form = random.below(3);
  if (form === 0) writer.write('        return 5');
  else if (form === 1) writer.write(`        return ${writer.use()}`);
  else
    writer.write(
      '        import importlib',
      `        return importlib.import_module("${writer.target().name}")`,
    );
  writer.write('    raise AttributeError(name)');
}
