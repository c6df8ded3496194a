import type { Handler, Statement } from '../../syntax/nodes.ts';
import { type Completion, type PythonMachine, NORMAL } from '../python-machine.ts';
import { findInClass } from '../objects/class-attributes.ts';
import { targetNames } from '../objects/scopes.ts';
import { isSubclass } from '../values/exception-classes.ts';
import { NONE, UNKNOWN } from '../values/make-value.ts';
import { PythonException } from '../values/python-exception.ts';
import type { Scope, Value } from '../values/value.ts';
import { truthOf } from '../values/what-is-known.ts';

type Try = Extract<Statement, { kind: 'try' }>;
type With = Extract<Statement, { kind: 'with' }>;

/** Executes a `try` statement. */
export function runTry(machine: PythonMachine, node: Try, scope: Scope): Completion {
  let completion: Completion = NORMAL;
  let fault: unknown;
  try {
    completion = runGuarded(machine, node, scope);
  } catch (error) {
    if (!(error instanceof PythonException)) throw error;
    fault = error;
  }
  const last = machine.run(node.finally, scope);
  if (last !== NORMAL) return last;
  if (fault !== undefined) throw fault;
  return completion;
}

function runGuarded(machine: PythonMachine, node: Try, scope: Scope): Completion {
  const depth = machine.frames.length;
  let completion: Completion;
  try {
    completion = machine.run(node.body, scope);
  } catch (error) {
    if (!(error instanceof PythonException)) throw error;
    machine.frames.length = depth;
    const handler = node.handlers.find((one) => catches(machine, one, error, scope));
    if (handler === undefined) throw error;
    return runHandler(machine, handler, error, scope);
  }
  return completion === NORMAL ? machine.run(node.otherwise, scope) : completion;
}

function catches(machine: PythonMachine, handler: Handler, error: PythonException, scope: Scope): boolean {
  if (handler.type === undefined) return true;
  machine.frame.line = handler.line;
  const truth = matches(error, machine.evaluate(handler.type, scope));
  if (truth === undefined) machine.assume(`whether an exception handler catches ${error.type}`);
  return truth === true;
}

/** Whether an `except` clause with these types catches the exception; undefined where it is not known. */
function matches(error: PythonException, type: Value): boolean | undefined {
  if (type.kind !== 'sequence') return isSubclass(error.value.type, type);
  const answers = type.items.map((one) => matches(error, one));
  if (answers.includes(true)) return true;
  return type.open || answers.includes(undefined) ? undefined : false;
}

function runHandler(
  machine: PythonMachine,
  handler: Handler,
  error: PythonException,
  scope: Scope,
): Completion {
  const { handling } = machine.frame;
  handling.push(error);
  if (handler.name !== undefined) machine.bind(handler.name, error.value, scope);
  try {
    return machine.run(handler.body, scope);
  } finally {
    handling.pop();
    if (handler.name !== undefined) targetNames(handler.name, scope).delete(handler.name);
  }
}

/** Executes a `with` statement, from the item at `index` on. */
export function runWith(machine: PythonMachine, node: With, scope: Scope, index = 0): Completion {
  const item = node.items[index];
  if (item === undefined) return machine.run(node.body, scope);
  const manager = machine.evaluate(item.value, scope);
  const entered = enter(machine, manager);
  if (item.target) machine.assign(item.target, entered, scope);
  const depth = machine.frames.length;
  let completion: Completion;
  try {
    completion = runWith(machine, node, scope, index + 1);
  } catch (error) {
    if (!(error instanceof PythonException)) throw error;
    machine.frames.length = depth;
    if (swallows(machine, manager, error)) return NORMAL;
    throw error;
  }
  leave(machine, manager, [NONE, NONE, NONE]);
  return completion;
}

function enter(machine: PythonMachine, manager: Value): Value {
  if (manager.kind === 'instance') {
    const method = findInClass(manager.type, '__enter__');
    return method
      ? machine.call(method, { positional: [manager], keywords: new Map(), open: false })
      : UNKNOWN;
  }
  return manager.kind === 'generator' ? (manager.run().items[0] ?? UNKNOWN) : UNKNOWN;
}

function leave(machine: PythonMachine, manager: Value, how: Value[]): Value {
  const method = manager.kind === 'instance' ? findInClass(manager.type, '__exit__') : undefined;
  return method
    ? machine.call(method, { positional: [manager, ...how], keywords: new Map(), open: false })
    : NONE;
}

/** Whether the context manager ends the exception's way up. */
function swallows(machine: PythonMachine, manager: Value, error: PythonException): boolean {
  if (manager.kind === 'suppress') {
    const answers = manager.types.map((type) => matches(error, type));
    return answers.includes(true);
  }
  if (manager.kind === 'instance')
    return truthOf(leave(machine, manager, [error.value.type, error.value, UNKNOWN])) === true;
  machine.assume(`whether a context manager swallows ${error.type}`);
  return false;
}
