import { Names } from './names.ts';
import type { ClassValue, Value } from './value.ts';

/** Built-in exceptions by name, each with its base. */
const HIERARCHY: Readonly<Record<string, string>> = {
  BaseException: 'object', Exception: 'BaseException', SystemExit: 'BaseException', KeyboardInterrupt: 'BaseException', GeneratorExit: 'BaseException',
  BaseExceptionGroup: 'BaseException', ExceptionGroup: 'BaseExceptionGroup',
  ArithmeticError: 'Exception', ZeroDivisionError: 'ArithmeticError', OverflowError: 'ArithmeticError', FloatingPointError: 'ArithmeticError',
  AssertionError: 'Exception', AttributeError: 'Exception', BufferError: 'Exception', EOFError: 'Exception',
  ImportError: 'Exception', ModuleNotFoundError: 'ImportError', LookupError: 'Exception', IndexError: 'LookupError', KeyError: 'LookupError',
  MemoryError: 'Exception', NameError: 'Exception', UnboundLocalError: 'NameError',
  OSError: 'Exception', BlockingIOError: 'OSError', ChildProcessError: 'OSError', ConnectionError: 'OSError', BrokenPipeError: 'ConnectionError',
  ConnectionAbortedError: 'ConnectionError', ConnectionRefusedError: 'ConnectionError', ConnectionResetError: 'ConnectionError', FileExistsError: 'OSError',
  FileNotFoundError: 'OSError', InterruptedError: 'OSError', IsADirectoryError: 'OSError', NotADirectoryError: 'OSError', PermissionError: 'OSError',
  ProcessLookupError: 'OSError', TimeoutError: 'OSError', ReferenceError: 'Exception', RuntimeError: 'Exception', NotImplementedError: 'RuntimeError',
  RecursionError: 'RuntimeError', PythonFinalizationError: 'RuntimeError', StopIteration: 'Exception', StopAsyncIteration: 'Exception', SyntaxError: 'Exception', IndentationError: 'SyntaxError',
  TabError: 'IndentationError', SystemError: 'Exception', TypeError: 'Exception', ValueError: 'Exception', UnicodeError: 'ValueError', UnicodeDecodeError: 'UnicodeError',
  UnicodeEncodeError: 'UnicodeError', UnicodeTranslateError: 'UnicodeError', Warning: 'Exception', BytesWarning: 'Warning', DeprecationWarning: 'Warning', EncodingWarning: 'Warning',
  FutureWarning: 'Warning', ImportWarning: 'Warning', PendingDeprecationWarning: 'Warning', ResourceWarning: 'Warning', RuntimeWarning: 'Warning',
  SyntaxWarning: 'Warning', UnicodeWarning: 'Warning', UserWarning: 'Warning',
}; // prettier-ignore

const SINCE: Readonly<Record<string, number>> = {
  EncodingWarning: 10,
  BaseExceptionGroup: 11,
  ExceptionGroup: 11,
  PythonFinalizationError: 13,
};

const OBJECT: ClassValue = { kind: 'class', name: 'object', names: new Names(), bases: [] };

/** The built-in exceptions of all versions by name, and `object`. */
export const EXCEPTION_CLASSES: ReadonlyMap<string, ClassValue> = buildClasses();

function buildClasses(): Map<string, ClassValue> {
  const classes = new Map<string, ClassValue>([['object', OBJECT]]);
  for (const [name, base] of Object.entries(HIERARCHY)) {
    classes.set(name, { kind: 'class', name, names: new Names(), bases: [classes.get(base)!] });
  }
  classes.set('EnvironmentError', classes.get('OSError')!);
  classes.set('IOError', classes.get('OSError')!);
  return classes;
}

/** The built-in exception class of this name that Python 3.`minor` has. */
export function builtinException(name: string, minor: number): ClassValue | undefined {
  return (SINCE[name] ?? 0) <= minor ? EXCEPTION_CLASSES.get(name) : undefined;
}

/** Whether `type` is `base` or derived from it; undefined where a base is not known. */
export function isSubclass(type: Value, base: Value): boolean | undefined {
  if (type === base) return true;
  if (type.kind !== 'class') return undefined;
  if (base.kind !== 'class')
    return base.kind === 'external' && type.bases.every((one) => one.kind === 'class') ? false : undefined;
  let known = true;
  for (const one of type.bases) {
    const answer = isSubclass(one, base);
    if (answer === true) return true;
    if (answer === undefined) known = false;
  }
  return known ? false : undefined;
}
