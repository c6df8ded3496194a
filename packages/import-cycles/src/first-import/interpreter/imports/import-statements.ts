import type { ImportedName } from '../../syntax/nodes.ts';
import { load, loadRelative } from './find-and-load.ts';
import type { PythonMachine } from '../python-machine.ts';
import { NONE, constant } from '../values/make-value.ts';
import { PythonException } from '../values/python-exception.ts';
import { quote } from '../values/quote.ts';
import { flag } from '../values/trail.ts';
import type { ModuleValue, Scope, Value } from '../values/value.ts';
import { textOf } from '../values/what-is-known.ts';

/** `import a.b.c [as d]`. */
export function importName(machine: PythonMachine, { name, as }: ImportedName, scope: Scope): void {
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
  machine: PythonMachine,
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

function hasPath(machine: PythonMachine, module: Value): module is ModuleValue {
  return module.kind === 'module' && machine.findAttribute(module, '__path__') !== undefined;
}

/** `_handle_fromlist` for one name: a submodule that is no attribute yet is imported; that there is none is no error here. */
function handleName(machine: PythonMachine, module: ModuleValue, name: string): void {
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

function handleStar(machine: PythonMachine, module: ModuleValue): void {
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
export function importFrom(machine: PythonMachine, module: Value, name: string): Value {
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
function importStar(machine: PythonMachine, module: Value, scope: Scope): void {
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
