import type { Statement } from '../../syntax/nodes.ts';
import { importName, importNames } from '../imports/import-statements.ts';
import { BREAK, CONTINUE, type Completion, type PythonMachine, NORMAL, RETURN } from '../python-machine.ts';
import { makeClass } from '../objects/classes.ts';
import { makeFunction } from '../objects/functions.ts';
import { runEither } from './alternatives.ts';
import { assign, executeAnnotation, executeAugmented, remove } from './assignment.ts';
import { runTry, runWith } from './handlers.ts';
import { runFor, runWhile } from './loops.ts';
import { runMatch } from './match.ts';
import { UNKNOWN, constant } from '../values/make-value.ts';
import { exceptionInstance } from '../values/python-exception.ts';
import { trail } from '../values/trail.ts';
import type { Scope, Value } from '../values/value.ts';
import { truthOf } from '../values/what-is-known.ts';

/** Executes statements in order until one leaves the block. */
export function run(machine: PythonMachine, block: readonly Statement[], scope: Scope): Completion {
  for (const statement of block) {
    machine.spend(1);
    machine.frame.line = statement.line;
    const completion = execute(machine, statement, scope);
    if (completion !== NORMAL) return completion;
  }
  return NORMAL;
}

function execute(machine: PythonMachine, node: Statement, scope: Scope): Completion {
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

function bindLazily(machine: PythonMachine, name: string, execute: () => void, scope: Scope): void {
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

function executeDefinition(
  machine: PythonMachine,
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

function executeRaise(
  machine: PythonMachine,
  node: Extract<Statement, { kind: 'raise' }>,
  scope: Scope,
): never {
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
