import type { Expression } from '../../syntax/nodes.ts';
import { items } from '../containers/iteration.ts';
import { addEntry } from './displays.ts';
import type { PythonMachine } from '../python-machine.ts';
import { comprehensionScope } from '../objects/scopes.ts';
import { targetNamesOf } from '../statements/bound-names.ts';
import { UNKNOWN, dictionary, sequence } from '../values/make-value.ts';
import { trail } from '../values/trail.ts';
import type { Scope, Value } from '../values/value.ts';
import { truthOf } from '../values/what-is-known.ts';

type Comprehension = Extract<Expression, { kind: 'comprehension' }>;

/** Most items of a known iterable that a comprehension or loop follows. */
export const LONGEST_LOOP = 2_000;

/** A comprehension’s collection, or the generator that a generator expression makes. */
export function evaluateComprehension(machine: PythonMachine, node: Comprehension, scope: Scope): Value {
  const first = machine.evaluate(node.generators[0]!.iterable, scope);
  const inner = comprehensionScope(scope, targetNamesOf(node.generators.map(({ target }) => target)));
  const list = sequence(node.result === 'set' ? 'set' : 'list', []);
  const dict = dictionary();
  const emit = (): void => {
    const element = machine.evaluate(node.element, inner);
    if (node.value) addEntry(dict, element, machine.evaluate(node.value, inner));
    else list.items.push(element);
  };
  const loop = (depth: number, iterable: Value): void => {
    const { target, conditions } = node.generators[depth]!;
    const step = (value: Value): void => {
      machine.spend(1);
      machine.assign(target, value, inner);
      for (const condition of conditions) {
        const truth = truthOf(machine.evaluate(condition, inner));
        if (truth === false) return;
        if (truth === undefined) list.open = dict.open = true;
      }
      const next = node.generators[depth + 1];
      if (next) loop(depth + 1, machine.evaluate(next.iterable, inner));
      else emit();
    };
    const known = items(machine, iterable);
    for (const item of known.items.slice(0, LONGEST_LOOP)) step(item);
    if (!known.open && known.items.length <= LONGEST_LOOP) return;
    list.open = dict.open = true;
    const before = list.items.length;
    if (known.items.length === 0 && machine.attempt(() => step(UNKNOWN)))
      machine.assume('how often a comprehension runs');
    list.items.length = before;
  };
  if (node.result !== 'generator') {
    loop(0, first);
    return node.result === 'dict' ? dict : list;
  }
  let ran = false;
  const frame = machine.frame;
  return {
    kind: 'generator',
    run: () => {
      if (!ran) {
        ran = true;
        trail().note(() => {
          ran = false;
          list.items = [];
          list.open = false;
        });
        machine.inFrame({ ...frame, isModuleBody: false, scope: inner, handling: [] }, () => loop(0, first));
      }
      return list;
    },
  };
}
