import type { Expression, Statement } from '../syntax/nodes.ts';
import { runEither } from './alternatives.ts';
import { deleteAttribute, setAttribute } from './attributes.ts';
import { makeFunction } from './calls.ts';
import { makeClass } from './classes.ts';
import { LONGEST_LOOP } from './evaluate.ts';
import { runTry, runWith } from './handlers.ts';
import { importName, importNames } from './import-machinery.ts';
import { items, unpack } from './iteration.ts';
import { BREAK, CONTINUE, NORMAL, RETURN, type Completion, type Machine } from './machine.ts';
import { runMatch } from './match.ts';
import { assignSubscript, binary, deleteSubscript } from './operators.ts';
import { exceptionInstance } from './python-exception.ts';
import { targetNames } from './scopes.ts';
import { changing, trail } from './trail.ts';
import { constant, truthOf, UNKNOWN, type Scope, type Value } from './value.ts';

/** Executes statements in order until one leaves the block. */
export function run(machine: Machine, block: readonly Statement[], scope: Scope): Completion {
  for (const statement of block) {
    machine.spend(1);
    machine.frame.line = statement.line;
    const completion = execute(machine, statement, scope);
    if (completion !== NORMAL) return completion;
  }
  return NORMAL;
}

function execute(machine: Machine, node: Statement, scope: Scope): Completion {
  switch (node.kind) {
    case 'import':
      for (const name of node.names) {
        if (node.lazy)
          bindLazily(
            machine,
            name.as ?? name.name.split('.', 1)[0]!,
            () => importName(machine, name, scope),
            scope,
          );
        else importName(machine, name, scope);
      }
      return NORMAL;
    case 'from':
      if (node.lazy && node.names !== '*') {
        for (const name of node.names)
          bindLazily(
            machine,
            name.as ?? name.name,
            () => importNames(machine, node.module, node.level, [name], scope),
            scope,
          );
      } else importNames(machine, node.module, node.level, node.names, scope);
      return NORMAL;
    case 'expression':
      machine.evaluate(node.value, scope);
      return NORMAL;
    case 'assign': {
      const value = machine.evaluate(node.value, scope);
      for (const target of node.targets) assign(machine, target, value, scope);
      return NORMAL;
    }
    case 'annotate':
      executeAnnotation(machine, node, scope);
      return NORMAL;
    case 'augment':
      executeAugmented(machine, node, scope);
      return NORMAL;
    case 'if': {
      const truth = truthOf(machine.evaluate(node.test, scope));
      if (truth !== undefined) return machine.run(truth ? node.then : node.otherwise, scope);
      return runEither(machine, [node.then, node.otherwise], scope);
    }
    case 'while':
      return runWhile(machine, node, scope);
    case 'for':
      return runFor(machine, node, scope);
    case 'try':
      return runTry(machine, node, scope);
    case 'with':
      return runWith(machine, node, scope);
    case 'match':
      return runMatch(machine, node, scope);
    case 'function':
    case 'class':
      executeDefinition(machine, node, scope);
      return NORMAL;
    case 'return': {
      const value = node.value ? machine.evaluate(node.value, scope) : constant(null);
      machine.frame.returned = value;
      return RETURN;
    }
    case 'raise':
      return executeRaise(machine, node, scope);
    case 'delete':
      for (const target of node.targets) remove(machine, target, scope);
      return NORMAL;
    case 'assert':
      if (truthOf(machine.evaluate(node.test, scope)) === false) {
        const message = node.message ? machine.evaluate(node.message, scope) : undefined;
        machine.raise('AssertionError', message?.kind === 'constant' ? String(message.value) : '');
      }
      return NORMAL;
    case 'type-alias':
      machine.bind(node.name, UNKNOWN, scope);
      return NORMAL;
    case 'break':
      return BREAK;
    case 'continue':
      return CONTINUE;
    default:
      return NORMAL;
  }
}

function bindLazily(machine: Machine, name: string, execute: () => void, scope: Scope): void {
  let resolved: Value | undefined;
  const lazy: Value = {
    kind: 'lazy',
    resolve: () => {
      if (resolved === undefined) {
        execute();
        resolved = scope.names.get(name) ?? UNKNOWN;
        trail().note(() => (resolved = undefined));
      }
      return resolved;
    },
  };
  machine.bind(name, lazy, scope);
}

function executeAnnotation(
  machine: Machine,
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

function executeAugmented(
  machine: Machine,
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

function runWhile(machine: Machine, node: Extract<Statement, { kind: 'while' }>, scope: Scope): Completion {
  for (let turn = 0; turn < LONGEST_LOOP; turn++) {
    const truth = truthOf(machine.evaluate(node.test, scope));
    if (truth === false) return machine.run(node.otherwise, scope);
    if (truth === undefined) {
      const completion = runEither(machine, [node.body, []], scope);
      return completion === RETURN ? completion : NORMAL;
    }
    const completion = machine.run(node.body, scope);
    if (completion === BREAK) return NORMAL;
    if (completion === RETURN) return completion;
    machine.spend(1);
  }
  machine.assume('how often a loop runs');
  return NORMAL;
}

function runFor(machine: Machine, node: Extract<Statement, { kind: 'for' }>, scope: Scope): Completion {
  const known = items(machine, machine.evaluate(node.iterable, scope));
  const turns = known.items.length;
  for (let index = 0; index < known.items.length && index < LONGEST_LOOP; index++) {
    machine.frame.line = node.line;
    assign(machine, node.target, known.items[index]!, scope);
    const completion = machine.run(node.body, scope);
    if (completion === BREAK) return NORMAL;
    if (completion === RETURN) return completion;
  }
  if (known.open && turns === 0) {
    const first: Statement = {
      kind: 'assign',
      targets: [node.target],
      value: { kind: 'name', name: '\0unknown', line: node.line },
      line: node.line,
    };
    const completion = runEither(machine, [[first, ...node.body], []], scope);
    if (completion === RETURN) return completion;
  }
  return machine.run(node.otherwise, scope);
}

function executeDefinition(
  machine: Machine,
  node: Extract<Statement, { kind: 'function' | 'class' }>,
  scope: Scope,
): void {
  const decorators = node.decorators.map((decorator) => machine.evaluate(decorator, scope));
  machine.frame.line = node.line;
  let value: Value =
    node.kind === 'function'
      ? makeFunction(machine, node.definition, scope)
      : makeClass(machine, node, scope);
  for (let index = decorators.length - 1; index >= 0; index--) {
    machine.frame.line = machine.minor >= 11 ? node.decorators[index]!.line : node.line;
    value = machine.call(decorators[index]!, { positional: [value], keywords: new Map(), open: false });
  }
  machine.bind(node.kind === 'function' ? node.definition.name : node.name, value, scope);
}

function executeRaise(machine: Machine, node: Extract<Statement, { kind: 'raise' }>, scope: Scope): never {
  if (node.value === undefined) {
    const handled = machine.frame.handling.at(-1);
    if (handled) throw handled;
    return machine.raise('RuntimeError', 'No active exception to reraise');
  }
  let value = machine.evaluate(node.value, scope);
  if (value.kind === 'class')
    value = machine.call(value, { positional: [], keywords: new Map(), open: false });
  if (node.cause) machine.evaluate(node.cause, scope);
  machine.frame.line = node.line;
  if (value.kind === 'instance') return machine.raiseByStatement(value);
  machine.assume('which exception is raised');
  return machine.raiseInstance(exceptionInstance('Exception', ''));
}

/** Binds a target: a name, an attribute, an item, or several. */
export function assign(machine: Machine, target: Expression, value: Value, scope: Scope): void {
  switch (target.kind) {
    case 'name':
      return machine.bind(target.name, value, scope);
    case 'attribute': {
      const holder = machine.evaluate(target.value, scope);
      return setAttribute(holder, target.name, value);
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

function remove(machine: Machine, target: Expression, scope: Scope): void {
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
