import type { ImportedName } from '../syntax/nodes.ts';
import { PythonException } from './python-exception.ts';
import type { Machine } from './machine.ts';
import {
  constant,
  flag,
  NONE,
  sequence,
  textOf,
  UNKNOWN,
  type ModuleValue,
  type Scope,
  type Value,
} from './value.ts';
import { Names } from './names.ts';
import { quote } from './quote.ts';
import { removedIn } from './standard-library.ts';
import { trail } from './trail.ts';

/** `importlib._bootstrap._find_and_load`: the module of that absolute name, loaded if need be. */
export function load(machine: Machine, name: string): Value {
  const present = machine.loaded.get(name);
  if (present === undefined) return findAndLoad(machine, name);
  if (present === NONE)
    machine.raise('ModuleNotFoundError', `import of ${name} halted; None in sys.modules`, {
      name: constant(name),
    });
  return present;
}

function findAndLoad(machine: Machine, name: string): Value {
  const dot = name.lastIndexOf('.');
  const parentName = name.slice(0, Math.max(dot, 0));
  let parent: Value | undefined;
  if (dot > 0) {
    if (!machine.loaded.has(parentName)) load(machine, parentName);
    const meanwhile = machine.loaded.get(name);
    if (meanwhile !== undefined) return meanwhile;
    const present = machine.loaded.get(parentName) ?? machine.raise('KeyError', quote(parentName));
    parent = present;
    if (machine.findAttribute(present, '__path__') === undefined) {
      notFound(machine, name, `; ${quote(parentName)} is not a package`);
    }
  }
  if (parent?.kind === 'module') demandParentsOfNamespace(machine, parent);
  const module = create(machine, name, parent);
  if (module.kind !== 'module') machine.loaded.set(name, module);
  else
    execute(machine, module, parent?.kind === 'module' && dot > 0 ? parent : undefined, name.slice(dot + 1));
  const value = machine.loaded.get(name) ?? machine.raise('KeyError', quote(name));
  if (dot > 0) {
    const holder = machine.loaded.get(parentName) ?? machine.raise('KeyError', quote(parentName));
    if (holder.kind === 'module') holder.names.set(name.slice(dot + 1), value);
  }
  return value;
}

/** A namespace package looks its path up in the package above, which a failed import may have taken away. */
function demandParentsOfNamespace(machine: Machine, module: ModuleValue): void {
  const dot = module.name.lastIndexOf('.');
  if (module.file !== undefined || dot < 0) return;
  const above = module.name.slice(0, dot);
  const holder = machine.loaded.get(above) ?? machine.raise('KeyError', quote(above));
  if (holder.kind === 'module') demandParentsOfNamespace(machine, holder);
}

function create(machine: Machine, name: string, parent: Value | undefined): Value {
  if (parent !== undefined && parent.kind !== 'module') return { kind: 'external', path: name };
  if (parent === undefined && removedIn(name, machine.minor)) return notFound(machine, name);
  const found = machine.find(name, parent);
  if (found === undefined) return notFound(machine, name);
  if (found.kind === 'external') return { kind: 'external', path: name };
  const source = found.kind === 'module' ? found.source : undefined;
  const isPackage = source === undefined || source.isPackage;
  const names = new Names([
    ['__name__', constant(name)],
    ['__doc__', NONE],
    ['__package__', constant(isPackage ? name : name.slice(0, Math.max(name.lastIndexOf('.'), 0)))],
    ['__loader__', UNKNOWN],
    ['__spec__', UNKNOWN],
  ]);
  if (isPackage) names.set('__path__', sequence('list', [UNKNOWN]));
  if (source !== undefined) {
    names.set('__file__', constant(source.file));
    names.set('__cached__', UNKNOWN);
    names.set('__builtins__', UNKNOWN);
  }
  return {
    kind: 'module', name, index: source?.index ?? -1, isPackage, file: source?.file, names,
    initializing: false, uninitializedSubmodules: [], open: false, guessed: false,
  }; // prettier-ignore
}

/** `_load_unlocked`: a module whose body fails leaves `sys.modules`; what it imported stays there. */
function execute(
  machine: Machine,
  module: ModuleValue,
  parent: ModuleValue | undefined,
  child: string,
): void {
  machine.loaded.set(module.name, module);
  const found = machine.find(module.name, parent);
  if (found?.kind !== 'module') return void machine.arrivals.push(module);
  module.initializing = true;
  parent?.uninitializedSubmodules.push(child);
  if (parent) trail().note(() => (parent.uninitializedSubmodules.length = 0));
  machine.arrivals.push(module);
  let isDone = false;
  try {
    machine.runModule(module, found.source);
    isDone = true;
  } finally {
    module.initializing = false;
    parent?.uninitializedSubmodules.pop();
    if (!isDone) machine.loaded.delete(module.name);
  }
}

function notFound(machine: Machine, name: string, more = ''): never {
  return machine.raise('ModuleNotFoundError', `No module named ${quote(name)}${more}`, {
    name: constant(name),
  });
}

/** `import a.b.c [as d]`. */
export function importName(machine: Machine, { name, as }: ImportedName, scope: Scope): void {
  const dot = name.indexOf('.');
  const whole = load(machine, name);
  if (dot < 0) return machine.bind(as ?? name, whole, scope);
  const top = load(machine, name.slice(0, dot));
  if (as === undefined) return machine.bind(name.slice(0, dot), top, scope);
  const value = name.slice(dot + 1).split('.').reduce((holder, part) => importFrom(machine, holder, part), top); // prettier-ignore
  machine.bind(as, value, scope);
}

/** `from module import names`. */
export function importNames(
  machine: Machine,
  module: string,
  level: number,
  names: readonly ImportedName[] | '*',
  scope: Scope,
): void {
  const target = loadRelative(machine, module, level, scope.module);
  if (names === '*') {
    if (hasPath(machine, target)) handleStar(machine, target);
    return importStar(machine, target, scope);
  }
  if (hasPath(machine, target)) for (const { name } of names) handleName(machine, target, name);
  for (const { name, as } of names) machine.bind(as ?? name, importFrom(machine, target, name), scope);
}

/** What `from ..a import` loads, or `import_module('..a', package)`. */
export function loadRelative(machine: Machine, name: string, level: number, importer: ModuleValue): Value {
  if (level === 0) return load(machine, name);
  const given = importer.names.get('__package__');
  const packageName = textOf(given);
  if (packageName === undefined) {
    machine.assume(`the value of __package__ in ${importer.name}`);
    return UNKNOWN;
  }
  return load(machine, resolveName(machine, name, packageName, level));
}

/** `importlib._bootstrap._resolve_name`, with the checks before it. */
export function resolveName(machine: Machine, name: string, packageName: string, level: number): string {
  if (packageName === '')
    machine.raise('ImportError', 'attempted relative import with no known parent package');
  const parts = packageName.split('.');
  if (parts.length < level) {
    machine.raise(
      machine.minor >= 9 ? 'ImportError' : 'ValueError',
      'attempted relative import beyond top-level package',
    );
  }
  const base = parts.slice(0, parts.length - level + 1).join('.');
  return name === '' ? base : `${base}.${name}`;
}

function hasPath(machine: Machine, module: Value): module is ModuleValue {
  return module.kind === 'module' && machine.findAttribute(module, '__path__') !== undefined;
}

/** `_handle_fromlist` for one name: a submodule that is no attribute yet is imported; that there is none is no error here. */
function handleName(machine: Machine, module: ModuleValue, name: string): void {
  const bound = module.names.get(name);
  if (
    bound !== undefined ||
    (module.names.has('__getattr__') && machine.findAttribute(module, name) !== undefined)
  )
    return;
  const full = `${nameOf(module)}.${name}`;
  try {
    load(machine, full);
  } catch (error) {
    const ignorable =
      error instanceof PythonException &&
      error.type === 'ModuleNotFoundError' &&
      textOf(error.value.names.get('name')) === full &&
      machine.loaded.get(full) !== NONE;
    if (!ignorable) throw error;
  }
}

function handleStar(machine: Machine, module: ModuleValue): void {
  const all = machine.findAttribute(module, '__all__');
  if (all?.kind !== 'sequence') return;
  for (const item of [...all.items]) {
    const name = textOf(item);
    if (name !== undefined && name !== '*') handleName(machine, module, name);
  }
}

function nameOf(module: ModuleValue): string {
  return textOf(module.names.get('__name__')) ?? module.name;
}

/** The instruction IMPORT_FROM. */
export function importFrom(machine: Machine, module: Value, name: string): Value {
  const attribute = machine.findAttribute(module, name);
  if (attribute !== undefined) return attribute;
  if (module.kind !== 'module') {
    return machine.raise(
      'ImportError',
      `cannot import name ${quote(name)} from '<unknown module name>' (unknown location)`,
    );
  }
  const own = nameOf(module);
  const loaded = machine.loaded.get(`${own}.${name}`);
  if (loaded !== undefined) return loaded;
  const place = textOf(module.names.get('__file__')) ?? 'unknown location';
  const partial = module.initializing
    ? `partially initialized module ${quote(own)} (most likely due to a circular import)`
    : quote(own);
  return machine.raise('ImportError', `cannot import name ${quote(name)} from ${partial} (${place})`, {
    name: constant(own),
  });
}

/** The instruction IMPORT_STAR. */
function importStar(machine: Machine, module: Value, scope: Scope): void {
  if (module.kind !== 'module') {
    flag(scope.module, 'open');
    return;
  }
  const all = machine.findAttribute(module, '__all__');
  if (module.open) flag(scope.module, 'open');
  if (all === undefined || (all.kind !== 'sequence' && all.kind !== 'dict')) {
    for (const [name, value] of [...module.names])
      if (!name.startsWith('_')) machine.bind(name, value, scope);
    if (all !== undefined) flag(scope.module, 'open');
    return;
  }
  const items = all.kind === 'dict' ? [...all.entries.values()].map(({ key }) => key) : [...all.items];
  if (all.open) flag(scope.module, 'open');
  for (const item of items) {
    const name = textOf(item);
    if (name === undefined) flag(scope.module, 'open');
    else machine.bind(name, machine.attribute(module, name), scope);
  }
}
