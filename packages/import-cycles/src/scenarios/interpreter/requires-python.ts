import type { Environment, Missing, PythonInterpreter } from '@seaworthy/scenario';

const OLDEST = { major: 3, minor: 8 };

const HOW =
  'Install CPython 3.8 or newer, or name the interpreter of the project (configuration key `python`, or a virtual environment in the project folder).';

/** What keeps the import scenarios from running on this machine's interpreter: CPython 3.8 or newer is needed. */
export function missingPython(environment: Environment): Missing | undefined {
  const { python } = environment;
  if (python === undefined) return { what: 'a Python interpreter', how: HOW };
  if (python.implementation !== 'CPython') {
    return { what: `CPython: ${python.executable} is ${python.implementation} ${python.version}`, how: HOW };
  }
  const [major = 0, minor = 0] = python.version.split('.').map((part) => Number.parseInt(part, 10));
  if (major < OLDEST.major || (major === OLDEST.major && minor < OLDEST.minor)) {
    return { what: `CPython 3.8 or newer: ${python.executable} is ${python.version}`, how: HOW };
  }
  return undefined;
}

/** The interpreter that `requires` has made sure of. */
export function pythonOf(environment: Environment): PythonInterpreter {
  if (environment.python === undefined)
    throw new Error('Expected an interpreter, since `requires` asked for one');
  return environment.python;
}
