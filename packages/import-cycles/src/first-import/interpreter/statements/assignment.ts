import type { Expression, Statement } from '../../syntax/nodes.ts';
import { items, unpack } from '../containers/iteration.ts';
import { assignSubscript, deleteSubscript } from '../containers/subscripts.ts';
import { binary } from '../expressions/operators.ts';
import type { PythonMachine } from '../python-machine.ts';
import { deleteAttribute, setAttribute } from '../objects/attributes.ts';
import { targetNames } from '../objects/scopes.ts';
import { UNKNOWN } from '../values/make-value.ts';
import { changing } from '../values/trail.ts';
import type { Scope, Value } from '../values/value.ts';

/** `target: annotation = value`. */
export function executeAnnotation(
  machine: PythonMachine,
  node: Extract<Statement, { kind: 'annotate' }>,
  scope: Scope,
): void {
  if (node.value) {
    const value = machine.evaluate(node.value, scope);
    assign(machine, node.target, value, scope);
  }
  if (!node.simple && node.target.kind === 'attribute' && !node.value)
    machine.evaluate(node.target.value, scope);
  if (scope.kind === 'function' || machine.minor >= 14 || machine.postponesAnnotations(scope.module)) return;
  machine.evaluate(node.annotation, scope);
  if (node.simple && scope.kind === 'module' && !scope.names.has('__annotations__'))
    scope.names.set('__annotations__', UNKNOWN);
}

/** `target += value`… */
export function executeAugmented(
  machine: PythonMachine,
  node: Extract<Statement, { kind: 'augment' }>,
  scope: Scope,
): void {
  const old = machine.evaluate(node.target, scope);
  const value = machine.evaluate(node.value, scope);
  machine.frame.line = node.line;
  if (old.kind === 'sequence' && old.type === 'list' && node.operator === '+') {
    const more = items(machine, value);
    changing(old);
    old.items.push(...more.items);
    if (more.open) old.open = true;
    assign(machine, node.target, old, scope);
  } else assign(machine, node.target, binary(machine, node.operator, old, value), scope);
}

/** Binds a target: a name, an attribute, an item, or several. */
export function assign(machine: PythonMachine, target: Expression, value: Value, scope: Scope): void {
  switch (target.kind) {
    case 'name':
      return machine.bind(target.name, value, scope);
    case 'attribute': {
      const holder = machine.evaluate(target.value, scope);
      return setAttribute(machine, holder, target.name, value);
    }
    case 'subscript': {
      const holder = machine.evaluate(target.value, scope);
      return assignSubscript(machine, holder, machine.evaluate(target.index, scope), value);
    }
    case 'starred':
      return assign(machine, target.value, value, scope);
    case 'tuple':
    case 'list': {
      const star = target.items.findIndex(({ kind }) => kind === 'starred');
      machine.frame.line = target.line;
      const parts = unpack(machine, value, target.items.length, star);
      target.items.forEach((item, index) => assign(machine, item, parts[index] ?? UNKNOWN, scope));
    }
  }
}

/** Executes `del` for a target. */
export function remove(machine: PythonMachine, target: Expression, scope: Scope): void {
  if (target.kind === 'name') {
    if (targetNames(target.name, scope).delete(target.name) || scope.module.open) return;
    if (scope.kind !== 'function' || scope.globals.has(target.name))
      machine.raise('NameError', `name '${target.name}' is not defined`);
    machine.lookUp(target.name, scope);
  } else if (target.kind === 'attribute') {
    const holder = machine.evaluate(target.value, scope);
    machine.frame.line = machine.minor >= 10 ? target.nameLine : target.line;
    deleteAttribute(machine, holder, target.name);
  } else if (target.kind === 'subscript') {
    const holder = machine.evaluate(target.value, scope);
    if (target.index.kind !== 'slice')
      deleteSubscript(machine, holder, machine.evaluate(target.index, scope));
  } else if (target.kind === 'tuple' || target.kind === 'list')
    for (const item of target.items) remove(machine, item, scope);
}
