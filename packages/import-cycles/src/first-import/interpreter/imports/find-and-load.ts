import { removedIn } from '../builtins/standard-library.ts';
import type { PythonMachine } from '../python-machine.ts';
import { NONE, UNKNOWN, constant, sequence } from '../values/make-value.ts';
import { Names } from '../values/names.ts';
import { quote } from '../values/quote.ts';
import { trail } from '../values/trail.ts';
import type { ModuleValue, Value } from '../values/value.ts';
import { textOf } from '../values/what-is-known.ts';

/** `importlib._bootstrap._find_and_load`: the module of that absolute name, loaded if need be. */
export function load(machine: PythonMachine, name: string): Value {
  const present = machine.loaded.get(name);
  if (present === undefined) return findAndLoad(machine, name);
  if (present === NONE)
    machine.raise('ModuleNotFoundError', `import of ${name} halted; None in sys.modules`, {
      name: constant(name),
    });
  return alreadyThere(machine, present);
}

/** What was there already; that it was may be an assumption. */
function alreadyThere(machine: PythonMachine, present: Value): Value {
  if (present.kind === 'module' && present.doubtful)
    machine.assume(`whether ${present.name} has been imported before`);
  return present;
}

function findAndLoad(machine: PythonMachine, name: string): Value {
  const dot = name.lastIndexOf('.');
  const parentName = name.slice(0, Math.max(dot, 0));
  let parent: Value | undefined;
  if (dot > 0) {
    if (!machine.loaded.has(parentName)) load(machine, parentName);
    const meanwhile = machine.loaded.get(name);
    if (meanwhile !== undefined) return alreadyThere(machine, meanwhile);
    const present = machine.loaded.get(parentName) ?? machine.raise('KeyError', quote(parentName));
    parent = alreadyThere(machine, present);
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
function demandParentsOfNamespace(machine: PythonMachine, module: ModuleValue): void {
  const dot = module.name.lastIndexOf('.');
  if (module.file !== undefined || dot < 0) return;
  const above = module.name.slice(0, dot);
  const holder = machine.loaded.get(above) ?? machine.raise('KeyError', quote(above));
  if (holder.kind === 'module') demandParentsOfNamespace(machine, holder);
}

function create(machine: PythonMachine, name: string, parent: Value | undefined): Value {
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
    initializing: false, uninitializedSubmodules: [], open: false, guessed: false, doubtful: false,
  }; // prettier-ignore
}

/** `_load_unlocked`: a module whose body fails leaves `sys.modules`; what it imported stays there. */
function execute(
  machine: PythonMachine,
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

function notFound(machine: PythonMachine, name: string, more = ''): never {
  return machine.raise('ModuleNotFoundError', `No module named ${quote(name)}${more}`, {
    name: constant(name),
  });
}

/** What `from ..a import` loads, or `import_module('..a', package)`. */
export function loadRelative(
  machine: PythonMachine,
  name: string,
  level: number,
  importer: ModuleValue,
): Value {
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
export function resolveName(
  machine: PythonMachine,
  name: string,
  packageName: string,
  level: number,
): string {
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
