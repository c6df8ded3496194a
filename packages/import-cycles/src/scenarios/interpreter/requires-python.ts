import type { Environment, Missing, PythonInterpreter } from '@seaworthy/scenario';
import { isSupported, OLDEST_SUPPORTED, parsePythonVersion } from '../../python-version.ts';

const HOW = `Install CPython ${OLDEST_SUPPORTED} or newer, or name the interpreter of the project (configuration key \`project.python\`, or a virtual environment in the project folder).`;

/** What keeps the import scenarios from running on this machine's interpreter: CPython from `OLDEST_SUPPORTED` on is needed. */
export function missingPython(environment: Environment): Missing | undefined {
  const { python } = environment;
  if (python === undefined) return { what: 'a Python interpreter', how: HOW };
  if (python.implementation !== 'CPython') {
    return { what: `CPython: ${python.executable} is ${python.implementation} ${python.version}`, how: HOW };
  }
  if (!isSupported(parsePythonVersion(python.version))) {
    return {
      what: `CPython ${OLDEST_SUPPORTED} or newer: ${python.executable} is ${python.version}`,
      how: HOW,
    };
  }
  return undefined;
}

/** As {@link missingPython}, for what runs in the project's image where that is the subject. */
export function missingSubjectPython(environment: Environment): Missing | undefined {
  const { subject } = environment;
  if (subject?.kind !== 'image') return missingPython(environment);
  if (subject.python === undefined)
    return {
      what: `a Python interpreter in the image ${subject.name}`,
      how: 'Name the image or the service in which the tests run (project.image, project.service), or validate this machine: --subject host.',
    };
  if (isSupported(parsePythonVersion(subject.python.version))) return undefined;
  return {
    what: `CPython ${OLDEST_SUPPORTED} or newer: the image ${subject.name} has ${subject.python.version}`,
    how: 'Build the image with a newer Python, or validate this machine: --subject host.',
  };
}

/** The interpreter that `requires` has made sure of. */
export function pythonOf(environment: Environment): PythonInterpreter {
  if (environment.python === undefined)
    throw new Error('Expected an interpreter, since `requires` asked for one');
  return environment.python;
}
