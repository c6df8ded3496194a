import type { Statement } from '../../syntax/nodes.ts';
import { items } from '../containers/iteration.ts';
import { LONGEST_LOOP } from '../expressions/comprehensions.ts';
import { BREAK, type Completion, type PythonMachine, NORMAL, RETURN } from '../python-machine.ts';
import { runEither } from './alternatives.ts';
import { assign } from './assignment.ts';
import type { Scope } from '../values/value.ts';
import { truthOf } from '../values/what-is-known.ts';

/** Executes a `while` statement. */
export function runWhile(
  machine: PythonMachine,
  node: Extract<Statement, { kind: 'while' }>,
  scope: Scope,
): Completion {
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

/** Executes a `for` statement. */
export function runFor(
  machine: PythonMachine,
  node: Extract<Statement, { kind: 'for' }>,
  scope: Scope,
): Completion {
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
