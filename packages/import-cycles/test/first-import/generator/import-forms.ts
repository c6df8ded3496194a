import type { ModuleWriter } from './module-writer.ts';

/** Every way to import, each with its weight. A form writes lines at the given indentation and notes what it binds. */
export const IMPORT_FORMS: readonly (readonly [
  number,
  string,
  (writer: ModuleWriter, indent: string) => void,
])[] = [
  [4, 'import a.b', plainImport],
  [3, 'import a.b as c', aliasImport],
  [8, 'from a import x', fromImport],
  [2, 'from a import (x, y) over lines', manyNames],
  [5, 'from package import submodule', fromPackage],
  [2, 'from a import *', starImport],
  [1, 'import_module', importModule],
  [1, '__import__', importCall],
  [0.25, 'missing submodule', missingModule],
  [0.1, 'relative beyond the top', beyondTop],
];

export function plainImport(writer: ModuleWriter, indent: string): void {
  const target = writer.target();
  writer.write(`${indent}import ${target.name}`);
  writer.bound.push({ expression: target.name, kind: 'module', target });
}

function aliasImport(writer: ModuleWriter, indent: string): void {
  const target = writer.target();
  const name = writer.fresh('mod');
  writer.write(`${indent}import ${target.name} as ${name}`);
  writer.bound.push({ expression: name, kind: 'module', target });
}

export function fromImport(writer: ModuleWriter, indent: string): void {
  const target = writer.target();
  const { name, kind } = writer.nameIn(target);
  const alias = writer.random.chance(0.3) ? writer.fresh('got') : undefined;
  writer.write(`${indent}from ${writer.path(target)} import ${name}${alias ? ` as ${alias}` : ''}`);
  writer.bound.push({ expression: alias ?? name, kind });
}

function manyNames(writer: ModuleWriter, indent: string): void {
  const target = writer.target();
  const first = writer.nameIn(target);
  const second = writer.nameIn(target);
  writer.write(
    `${indent}from ${writer.path(target)} import (`,
    `${indent}    ${first.name},`,
    `${indent}    ${second.name},`,
    `${indent})`,
  );
  for (const { name, kind } of [first, second]) writer.bound.push({ expression: name, kind });
}

function fromPackage(writer: ModuleWriter, indent: string): void {
  const { random } = writer;
  const nested = writer.modules.filter(({ name }) => name.includes('.'));
  const friends = writer.module.friends.filter(({ name }) => name.includes('.'));
  const target =
    friends.length > 0 && random.chance(0.7)
      ? random.pick(friends)
      : nested.length > 0
        ? random.pick(nested)
        : undefined;
  if (target === undefined) return plainImport(writer, indent);
  const dot = target.name.lastIndexOf('.');
  const holder = { ...target, name: target.name.slice(0, dot) };
  const alias = random.chance(0.3) ? writer.fresh('sub') : undefined;
  writer.write(
    `${indent}from ${writer.path(holder)} import ${target.name.slice(dot + 1)}${alias ? ` as ${alias}` : ''}`,
  );
  writer.bound.push({ expression: alias ?? target.name.slice(dot + 1), kind: 'module', target });
}

function starImport(writer: ModuleWriter, indent: string): void {
  const target = writer.target();
  if (indent !== '') return fromImport(writer, indent);
  writer.write(`from ${writer.path(target)} import *`);
  for (const name of target.values) writer.bound.push({ expression: name, kind: 'value' });
}

function importModule(writer: ModuleWriter, indent: string): void {
  const target = writer.target();
  const name = writer.fresh('dyn');
  const path = writer.path(target);
  const call =
    path.startsWith('.') && path.length > 1 && !/^\.+$/.test(path)
      ? `importlib.import_module("${path}", __package__)`
      : `importlib.import_module("${target.name}")`;
  writer.write(`${indent}import importlib`, `${indent}${name} = ${call}`);
  writer.bound.push({ expression: name, kind: 'module', target });
}

function importCall(writer: ModuleWriter, indent: string): void {
  const target = writer.target();
  const name = writer.fresh('raw');
  if (writer.random.chance(0.5)) {
    writer.write(`${indent}${name} = __import__("${target.name}")`);
    const rest = target.name.split('.').slice(1).join('.');
    writer.bound.push({ expression: rest === '' ? name : `${name}.${rest}`, kind: 'module', target });
  } else {
    writer.write(
      `${indent}${name} = __import__("${target.name}", fromlist=["${writer.nameIn(target).name}"])`,
    );
    writer.bound.push({ expression: name, kind: 'module', target });
  }
}

function missingModule(writer: ModuleWriter, indent: string): void {
  const target = writer.target();
  writer.write(
    writer.random.chance(0.5)
      ? `${indent}import ${target.name}.absent`
      : `${indent}from ${target.name}.absent import thing`,
  );
}

function beyondTop(writer: ModuleWriter, indent: string): void {
  writer.write(`${indent}from ..... import nothing`);
}
