import { items } from './iteration.ts';
import type { Machine } from './machine.ts';
import { quote } from './quote.ts';
import { changing } from './trail.ts';
import {
  builtin, constant, dictionary, flag, keyOf, NONE, sequence, textOf, UNKNOWN,
  type CallArguments, type DictValue, type LoadedModulesValue, type NamespaceValue, type SequenceValue, type Value,
} from './value.ts'; // prettier-ignore

type Container = Extract<Value, { kind: 'constant' | 'sequence' | 'dict' | 'namespace' | 'sys-modules' }>;

/** The methods of strings, lists and dictionaries that module bodies use to build `__all__`, tables and names. */
export function containerMethod(machine: Machine, value: Container, name: string): Value {
  const method = (call: (args: CallArguments) => Value) => builtin(name, call);
  switch (value.kind) {
    case 'constant':
      return typeof value.value === 'string'
        ? method((args) => stringMethod(machine, value.value as string, name, args))
        : UNKNOWN;
    case 'sequence':
      if (value.type === 'tuple' && (name === 'major' || name === 'minor')) {
        return value.items[name === 'major' ? 0 : 1] ?? UNKNOWN;
      }
      return method((args) => listMethod(machine, value, name, args));
    case 'dict':
      return method((args) => dictMethod(machine, value, name, args));
    default:
      return method((args) => namesMethod(machine, value, name, args));
  }
}

function stringMethod(machine: Machine, text: string, name: string, { positional }: CallArguments): Value {
  const [first, second] = positional;
  const argument = textOf(first);
  const strings = (parts: string[]) => sequence('list', parts.map(constant));
  switch (name) {
    case 'startswith':
      return argument === undefined || second !== undefined ? UNKNOWN : constant(text.startsWith(argument));
    case 'endswith':
      return argument === undefined || second !== undefined ? UNKNOWN : constant(text.endsWith(argument));
    case 'lower':
      return constant(text.toLowerCase());
    case 'upper':
      return constant(text.toUpperCase());
    case 'strip':
      return first === undefined ? constant(text.trim()) : UNKNOWN;
    case 'split':
      if (second !== undefined) return UNKNOWN;
      if (first === undefined) return strings(text.trim() === '' ? [] : text.trim().split(/\s+/));
      return argument === undefined || argument === '' ? UNKNOWN : strings(text.split(argument));
    case 'rpartition':
    case 'partition': {
      const at =
        argument === undefined
          ? -1
          : name === 'partition'
            ? text.indexOf(argument)
            : text.lastIndexOf(argument);
      if (argument === undefined) return UNKNOWN;
      if (at < 0)
        return sequence('tuple', (name === 'partition' ? [text, '', ''] : ['', '', text]).map(constant));
      return sequence('tuple', [text.slice(0, at), argument, text.slice(at + argument.length)].map(constant));
    }
    case 'join': {
      const parts = first === undefined ? undefined : items(machine, first);
      const texts = parts?.items.map(textOf);
      return parts === undefined || parts.open || texts?.includes(undefined)
        ? UNKNOWN
        : constant(texts!.join(text));
    }
    case 'replace':
      return argument === undefined || textOf(second) === undefined
        ? UNKNOWN
        : constant(text.replaceAll(argument, textOf(second)!));
    case 'format':
      return UNKNOWN;
  }
  return UNKNOWN;
}

/** Methods that change what they belong to. */
const CHANGES: ReadonlySet<string> = new Set(
  'append add extend update insert remove discard clear pop setdefault'.split(' '),
);

function listMethod(
  machine: Machine,
  list: SequenceValue,
  name: string,
  { positional }: CallArguments,
): Value {
  const [first, second] = positional;
  if (CHANGES.has(name)) changing(list);
  switch (name) {
    case 'append':
      if (first !== undefined) list.items.push(first);
      return NONE;
    case 'add':
      if (first !== undefined && positionOf(list, first) < 0) list.items.push(first);
      return NONE;
    case 'extend':
    case 'update': {
      const more = first === undefined ? undefined : items(machine, first);
      list.items.push(...(more?.items ?? []));
      if (more === undefined || more.open) list.open = true;
      return NONE;
    }
    case 'insert':
      if (second !== undefined) {
        const at = first?.kind === 'constant' && typeof first.value === 'number' ? first.value : 0;
        list.items.splice(at, 0, second);
      }
      return NONE;
    case 'remove':
    case 'discard': {
      const at = first === undefined ? -1 : positionOf(list, first);
      if (at >= 0) list.items.splice(at, 1);
      else if (name === 'remove' && isCertain(list) && first !== undefined && keyOf(first) !== undefined)
        machine.raise('ValueError', 'list.remove(x): x not in list');
      return NONE;
    }
    case 'clear':
      list.items = [];
      return NONE;
    case 'copy':
      return sequence(list.type, [...list.items], list.open);
    case 'pop':
      return pop(machine, list, first);
    case 'sort':
    case 'reverse':
      return NONE;
  }
  return UNKNOWN;
}

function positionOf(list: SequenceValue, value: Value): number {
  const key = keyOf(value);
  return key === undefined ? -1 : list.items.findIndex((item) => keyOf(item) === key);
}

/** Whether all items are known to be what they are. */
function isCertain({ open, items: known }: SequenceValue): boolean {
  return !open && known.every((item) => keyOf(item) !== undefined);
}

function pop(machine: Machine, list: SequenceValue, index: Value | undefined): Value {
  if (list.items.length === 0 && !list.open) {
    if (list.type === 'set') machine.raise('KeyError', quote('pop from an empty set'));
    machine.raise('IndexError', 'pop from empty list');
  }
  if (list.type === 'list' && (index === undefined || isNumber(index, -1)))
    return list.open ? UNKNOWN : list.items.pop()!;
  if (list.type === 'list' && isNumber(index, 0)) return list.items.shift() ?? UNKNOWN;
  list.open = true;
  list.items = [];
  return UNKNOWN;
}

function isNumber(value: Value | undefined, number: number): boolean {
  return value?.kind === 'constant' && value.value === number;
}

function dictMethod(machine: Machine, dict: DictValue, name: string, args: CallArguments): Value {
  const [first, second] = args.positional;
  const key = first === undefined ? undefined : keyOf(first);
  if (CHANGES.has(name)) changing(dict);
  switch (name) {
    case 'get':
      return (
        (key === undefined ? undefined : dict.entries.get(key)?.value) ??
        (dict.open || key === undefined ? UNKNOWN : (second ?? NONE))
      );
    case 'setdefault':
      if (key === undefined) return UNKNOWN;
      if (!dict.entries.has(key)) dict.entries.set(key, { key: first!, value: second ?? NONE });
      return dict.entries.get(key)!.value;
    case 'pop': {
      const found = key === undefined ? undefined : dict.entries.get(key)?.value;
      if (found !== undefined) dict.entries.delete(key!);
      else if (second === undefined && key !== undefined && !dict.open)
        machine.raise('KeyError', display(first!));
      return found ?? second ?? UNKNOWN;
    }
    case 'keys':
      return sequence(
        'list',
        [...dict.entries.values()].map((entry) => entry.key),
        dict.open,
      );
    case 'values':
      return sequence(
        'list',
        [...dict.entries.values()].map((entry) => entry.value),
        dict.open,
      );
    case 'items':
      return sequence(
        'list',
        [...dict.entries.values()].map((entry) => sequence('tuple', [entry.key, entry.value])),
        dict.open,
      );
    case 'update':
      for (const [word, value] of args.keywords)
        dict.entries.set(`s:${word}`, { key: constant(word), value });
      if (first?.kind === 'dict') for (const [text, entry] of first.entries) dict.entries.set(text, entry);
      if (args.open || (first !== undefined && (first.kind !== 'dict' || first.open))) dict.open = true;
      return NONE;
    case 'copy':
      return dictionary(dict.open, new Map(dict.entries));
    case 'clear':
      dict.entries.clear();
      return NONE;
  }
  return UNKNOWN;
}

function namesMethod(
  machine: Machine,
  value: NamespaceValue | LoadedModulesValue,
  name: string,
  args: CallArguments,
): Value {
  const names = value.kind === 'namespace' ? value.names : machine.loaded;
  const [first, second] = args.positional;
  const key = textOf(first);
  const isCertain =
    value.kind === 'namespace' ? !value.module.open : key !== undefined && isOfProject(machine, key);
  switch (name) {
    case 'get':
      if (key === undefined) return UNKNOWN;
      return (
        (value.kind === 'namespace' ? names.get(key) : loadedModule(machine, key)) ??
        (isCertain ? (second ?? NONE) : UNKNOWN)
      );
    case 'pop': {
      if (key === undefined) return UNKNOWN;
      const found = names.get(key);
      names.delete(key);
      if (found === undefined && second === undefined && isCertain) machine.raise('KeyError', quote(key));
      return found ?? (isCertain ? (second ?? UNKNOWN) : UNKNOWN);
    }
    case 'setdefault':
      if (key === undefined) return UNKNOWN;
      if (!names.has(key)) names.set(key, second ?? NONE);
      return names.get(key)!;
    case 'keys':
    case 'copy':
      return name === 'copy'
        ? UNKNOWN
        : sequence('list', [...names.keys()].map(constant), value.kind !== 'namespace');
    case 'values':
      return sequence('list', [...names.values()], value.kind !== 'namespace');
    case 'items':
      return sequence(
        'list',
        [...names].map(([word, one]) => sequence('tuple', [constant(word), one])),
        value.kind !== 'namespace',
      );
    case 'update': {
      for (const [word, one] of args.keywords) names.set(word, one);
      // An empty dictionary is one whose filling was not followed: nobody updates a namespace with nothing.
      const isKnown =
        first === undefined ||
        (first.kind === 'dict' && first.entries.size > 0) ||
        first.kind === 'namespace';
      if (first?.kind === 'dict')
        for (const entry of first.entries.values())
          if (textOf(entry.key) !== undefined) names.set(textOf(entry.key)!, entry.value);
      if (first?.kind === 'namespace') for (const [word, one] of first.names) names.set(word, one);
      if (value.kind === 'namespace' && (!isKnown || args.open || (first?.kind === 'dict' && first.open)))
        flag(value.module, 'open');
      return NONE;
    }
  }
  return UNKNOWN;
}

/** `sys.modules.get(name)`: whether a module is there depends on the first import, but for what the asking one imported. */
export function loadedModule(machine: Machine, name: string): Value | undefined {
  return machine.loaded.get(name);
}

/** Whether the first part of a dotted name belongs to the project, so that `sys.modules` is known about it. */
export function isOfProject(machine: Machine, name: string): boolean {
  const kind = machine.find(name.split('.', 1)[0]!, undefined)?.kind;
  return kind === 'module' || kind === 'namespace';
}

/** `repr()` of a key, as KeyError shows it. */
export function display(value: Value): string {
  if (value.kind !== 'constant') return '…';
  if (typeof value.value === 'string') return quote(value.value);
  return value.value === null
    ? 'None'
    : value.value === true
      ? 'True'
      : value.value === false
        ? 'False'
        : String(value.value);
}
