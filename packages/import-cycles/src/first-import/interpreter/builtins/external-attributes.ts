import { FALSE, UNKNOWN, constant, sequence } from '../values/make-value.ts';
import type { PythonMachine } from '../python-machine.ts';
import type { Value } from '../values/value.ts';

/** An attribute of something outside the project: known where programs ask it at import time, else just there. */
export function externalAttribute(machine: PythonMachine, path: string, name: string): Value {
  switch (`${path}.${name}`) {
    case 'typing.TYPE_CHECKING':
    case 'typing_extensions.TYPE_CHECKING':
      return FALSE;
    case 'sys.modules':
      return { kind: 'sys-modules' };
    case 'sys.version_info':
      return sequence('tuple', [constant(3), constant(machine.minor), UNKNOWN, UNKNOWN, UNKNOWN]);
    case 'sys.version_info.major':
      return constant(3);
    case 'sys.version_info.minor':
      return constant(machine.minor);
    case 'sys.hexversion':
      return constant((3 << 24) + (machine.minor << 16));
    case 'sys.platform':
      return constant(machine.platform);
    case 'sys.maxsize':
      return { kind: 'constant', value: { opaque: 'number' } };
    case 'sys.implementation.name':
      return constant('cpython');
    case 'sys.byteorder':
      return constant('little');
    case 'os.name':
      return constant(machine.platform === 'win32' ? 'nt' : 'posix');
    case 'os.sep':
      return constant(machine.platform === 'win32' ? '\\' : '/');
    case 'sys.flags.optimize':
      return constant(0);
    case 'importlib.__path__':
      return UNKNOWN;
  }
  // What lies deep in an external module is of no use to anyone here; cutting the path bounds it.
  return path.split('.').length > 4 ? UNKNOWN : { kind: 'external', path: `${path}.${name}` };
}
