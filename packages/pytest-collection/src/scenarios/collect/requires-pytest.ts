import { execaSync } from 'execa';
import type { Environment, Missing, PythonInterpreter, Subject } from '@seaworthy/scenario';

const OLDEST_PYTEST = 6;
const OLDEST_PYTHON_MINOR = 8;
const NAME_IT =
  'name the interpreter of the project (configuration key `project.python`, or a virtual environment in the project folder)';

/** Asked without importing pytest, and without the current folder on the path: both would cost, or deceive. */
const ASK = `
import sys
sys.path[:] = [entry for entry in sys.path if entry]
try:
    from importlib.metadata import version
    print(version("pytest"))
except Exception:
    import importlib.util
    print("unknown" if importlib.util.find_spec("pytest") else "none")
`;

const answers = new Map<string, string>();

/** What keeps the collection scenarios from running here: CPython from 3.8 on with pytest from 6 on is needed. */
export function missingPytest(environment: Environment): Missing | undefined {
  const { python, subject } = environment;
  if (subject?.kind === 'image') return missingInImage(subject);
  if (python === undefined) {
    return {
      what: 'a Python interpreter',
      how: `Install CPython 3.${OLDEST_PYTHON_MINOR} or newer, or ${NAME_IT}.`,
    };
  }
  const { executable, implementation, version } = python;
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  if (implementation !== 'CPython' || major < 3 || (major === 3 && minor < OLDEST_PYTHON_MINOR)) {
    return {
      what: `CPython 3.${OLDEST_PYTHON_MINOR} or newer: ${executable} is ${implementation} ${version}`,
      how: `Install it, or ${NAME_IT}.`,
    };
  }
  const pytest = pytestVersion(executable);
  if (pytest === 'none') {
    return {
      what: `pytest in ${executable}`,
      how: `Install it (\`${executable} -m pip install pytest\`), or ${NAME_IT}.`,
    };
  }
  if (Number.parseInt(pytest, 10) < OLDEST_PYTEST) {
    return {
      what: `pytest ${OLDEST_PYTEST} or newer: ${executable} has ${pytest}`,
      how: `Upgrade it (\`${executable} -m pip install --upgrade pytest\`), or ${NAME_IT}.`,
    };
  }
  return undefined;
}

/** One that was not asked for its pytest is given a chance: its first run says best what is wrong. */
function missingInImage({ name, python }: Extract<Subject, { kind: 'image' }>): Missing | undefined {
  if (python === undefined) {
    return {
      what: `a Python interpreter in the image ${name}`,
      how: 'Name it (configuration key `project.imagePython`), name the image that the tests run in (`project.image`), or validate this machine (`--subject host`).',
    };
  }
  const [major = 0, minor = 0] = python.version.split('.').map((part) => Number.parseInt(part, 10));
  if (major < 3 || (major === 3 && minor < OLDEST_PYTHON_MINOR)) {
    return {
      what: `CPython 3.${OLDEST_PYTHON_MINOR} or newer in the image ${name}: ${python.executable} is ${python.version}`,
      how: 'Name another one (configuration key `project.imagePython`).',
    };
  }
  if (python.pytest === 'none') {
    return {
      what: `pytest in the image ${name}: ${python.executable} has none`,
      how: `Install it in the image (\`RUN ${python.executable} -m pip install pytest\` in its Dockerfile), name the interpreter that has it (\`project.imagePython\`), name the image that the tests run in (\`project.image\`), or validate this machine (\`--subject host\`).`,
    };
  }
  if (Number.parseInt(python.pytest ?? '', 10) < OLDEST_PYTEST) {
    return {
      what: `pytest ${OLDEST_PYTEST} or newer in the image ${name}: ${python.executable} has ${python.pytest}`,
      how: `Upgrade it in the image (\`RUN ${python.executable} -m pip install --upgrade pytest\` in its Dockerfile).`,
    };
  }
  return undefined;
}

/** The interpreter that `requires` has made sure of: of the image where one is validated. */
export function pythonOf({
  python,
  subject,
}: Environment): Pick<PythonInterpreter, 'executable' | 'version'> {
  if (subject?.kind === 'image' && subject.python !== undefined) return subject.python;
  if (python === undefined) throw new Error('Expected an interpreter, since `requires` asked for one');
  return python;
}

/** `none` where it is not there, `unknown` where it does not tell. Each interpreter is asked once. */
function pytestVersion(executable: string): string {
  const question = `${executable}\n${process.env['PYTHONPATH'] ?? ''}`;
  const known = answers.get(question);
  if (known !== undefined) return known;
  const { stdout, failed } = execaSync(executable, ['-c', ASK], { reject: false, timeout: 20_000 });
  // One that gives no answer is given a chance: the run itself says best what is wrong.
  const answer = failed ? 'unknown' : stdout.trim();
  answers.set(question, answer);
  return answer;
}
