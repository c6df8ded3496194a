import type { Statement } from '../../syntax/nodes.ts';
import { type Completion, type PythonMachine, NORMAL, RETURN } from '../python-machine.ts';
import { UNKNOWN } from '../values/make-value.ts';
import type { Scope, Value } from '../values/value.ts';

/** Executes alternatives of which one happens: those that raise are taken not to be the one, the others' bindings are joined. */
export function runEither(
  machine: PythonMachine,
  blocks: readonly (readonly Statement[])[],
  scope: Scope,
): Completion {
  const outcomes = blocks.map((block) => {
    let completion = NORMAL as Completion;
    let fault: ReturnType<PythonMachine['attempt']>;
    const names = scope.names.tried(() => {
      fault = machine.attempt(() => void (completion = machine.run(block, scope)));
    });
    return { completion, fault, names };
  });
  const possible = outcomes.filter(({ fault }) => fault === undefined);
  if (possible.length < outcomes.length) machine.assume('a condition that is not known');
  if (possible.length === 0) throw outcomes.at(-1)!.fault!;
  // An alternative that leaves the block binds nothing for what follows.
  const leaving = possible.filter(({ completion }) => completion !== NORMAL);
  const staying =
    leaving.length < possible.length ? possible.filter(({ completion }) => completion === NORMAL) : possible;
  join(
    machine,
    scope,
    staying.map(({ names }) => names),
  );
  if (leaving.some(({ completion }) => completion === RETURN)) machine.frame.mayHaveReturned = true;
  return leaving.length === possible.length ? leaving[0]!.completion : NORMAL;
}

/** Binds what the alternatives bound, each of them being what they left where they changed something. */
function join(
  machine: PythonMachine,
  { names }: Scope,
  alternatives: readonly ReadonlyMap<string, Value | undefined>[],
): void {
  for (const name of new Set(alternatives.flatMap((one) => [...one.keys()]))) {
    const values = alternatives.map((one) => (one.has(name) ? one.get(name) : names.get(name)));
    const bound = values.filter((value) => value !== undefined);
    if (bound.length === 0) {
      names.delete(name);
      continue;
    }
    const value = bound.every((one) => one === bound[0]) ? bound[0]! : UNKNOWN;
    names.set(name, bound.length < values.length ? doubted(machine, name, value) : value);
  }
}

/** A name that one alternative alone binds is taken to be bound, and that is an assumption once it is used. */
function doubted(machine: PythonMachine, name: string, value: Value): Value {
  if (value.kind === 'lazy') return value;
  const resolve = (): Value => {
    machine.assume(`whether ${name} is bound`);
    return value;
  };
  return { kind: 'lazy', resolve };
}
