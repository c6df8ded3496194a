import type { Statement } from '../syntax/nodes.ts';
import { NORMAL, RETURN, type Completion, type Machine } from './machine.ts';
import { UNKNOWN, type Scope, type Value } from './value.ts';

/** Executes alternatives of which one happens: those that raise are taken not to be the one, the others' bindings are joined. */
export function runEither(
  machine: Machine,
  blocks: readonly (readonly Statement[])[],
  scope: Scope,
): Completion {
  const before = new Map(scope.names);
  const outcomes = blocks.map((block) => {
    restore(scope, before);
    let completion = NORMAL as Completion;
    const fault = machine.attempt(() => void (completion = machine.run(block, scope)));
    return { completion, fault, names: new Map(scope.names) };
  });
  const possible = outcomes.filter(({ fault }) => fault === undefined);
  if (possible.length < outcomes.length) machine.assume('a condition that is not known');
  if (possible.length === 0) throw outcomes.at(-1)!.fault!;
  // An alternative that leaves the block binds nothing for what follows.
  const leaving = possible.filter(({ completion }) => completion !== NORMAL);
  const staying =
    leaving.length < possible.length ? possible.filter(({ completion }) => completion === NORMAL) : possible;
  restore(scope, staying[0]!.names);
  for (const { names } of staying.slice(1)) join(scope, names);
  if (staying.length > 1) {
    for (const name of scope.names.keys()) {
      if (staying.some(({ names }) => !names.has(name))) doubt(machine, scope, name);
    }
  }
  if (leaving.some(({ completion }) => completion === RETURN)) machine.frame.mayHaveReturned = true;
  return leaving.length === possible.length ? leaving[0]!.completion : NORMAL;
}

function restore(scope: Scope, names: ReadonlyMap<string, Value>): void {
  scope.names.clear();
  for (const [name, value] of names) scope.names.set(name, value);
}

function join(scope: Scope, names: ReadonlyMap<string, Value>): void {
  for (const [name, value] of names) {
    const other = scope.names.get(name);
    if (other === undefined) scope.names.set(name, value);
    else if (other !== value) scope.names.set(name, UNKNOWN);
  }
}

/** A name that one alternative alone binds is taken to be bound, and that is an assumption once it is used. */
function doubt(machine: Machine, scope: Scope, name: string): void {
  const value = scope.names.get(name)!;
  if (value.kind === 'lazy') return;
  const resolve = (): Value => {
    machine.assume(`whether ${name} is bound`);
    return value;
  };
  scope.names.set(name, { kind: 'lazy', resolve });
}
