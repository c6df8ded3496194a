import { attributeFunctions } from './attribute-functions.ts';
import type { Computed } from './computed.ts';
import { importFunction } from './import-function.ts';
import { iterationFunctions } from './iteration-functions.ts';
import { typeFunctions } from './type-functions.ts';
import type { PythonMachine } from '../python-machine.ts';
import { NONE, UNKNOWN, builtin, constant } from '../values/make-value.ts';
import { flag } from '../values/trail.ts';
import type { Value } from '../values/value.ts';
import { textOf } from '../values/what-is-known.ts';

/** The built-in functions that module bodies use to look for names, build tables and import. */
export function computedBuiltins(machine: PythonMachine): Map<string, Value> {
  const table: Record<string, Computed> = {
    ...attributeFunctions(machine),
    ...iterationFunctions(machine),
    ...typeFunctions(machine),
    print: () => NONE,
    exec: () => opaque(machine, 'exec()'),
    eval: () => opaque(machine, 'eval()'),
    exit: ({ positional: [code] }) => machine.raise('SystemExit', textOf(code) ?? '', { code: code ?? NONE }),
    quit: ({ positional: [code] }) => machine.raise('SystemExit', textOf(code) ?? '', { code: code ?? NONE }),
    __import__: (args) => importFunction(machine, args),
  };
  const builtins = new Map<string, Value>(
    Object.entries(table).map(([name, compute]) => [name, builtin(name, compute)]),
  );
  builtins.set('__debug__', constant(true));
  return builtins;
}

function opaque(machine: PythonMachine, what: string): Value {
  flag(machine.frame.module, 'open');
  machine.assume(`what ${what} does in ${machine.frame.module.name}`);
  return UNKNOWN;
}
