import type { Environment, PythonInterpreter } from '@seaworthy/scenario';
import { defaultPython } from '../find-pythons.ts';

/** An environment for a project, with the default interpreter unless another one is given. */
export function environmentOf(root: string, python: PythonInterpreter = defaultPython()): Environment {
  return { project: { root }, python, cores: 2, memoryBytes: 4_000_000_000 };
}

/** The defaults of a scenario's limits, as the runner would resolve them. */
export function defaultsOf<Name extends string>(
  specs: Readonly<Record<Name, { readonly default: number }>>,
): Record<Name, number> {
  return Object.fromEntries(
    Object.entries<{ readonly default: number }>(specs).map(([name, spec]) => [name, spec.default]),
  ) as Record<Name, number>;
}
