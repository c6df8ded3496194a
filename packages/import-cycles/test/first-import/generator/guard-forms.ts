import { IMPORT_FORMS } from './import-forms.ts';
import type { ModuleWriter } from './module-writer.ts';

type Form = readonly [weight: number, name: string, write: (writer: ModuleWriter) => void];

/** Statements that decide whether an import or a use happens, or what happens when it fails. */
export const GUARD_FORMS: readonly Form[] = [
  [6, 'try / except', tryExcept],
  [1, 'try / finally', tryFinally],
  [1, 'contextlib.suppress', suppress],
  [1, 'TYPE_CHECKING', (w) => guarded(w, ['from typing import TYPE_CHECKING', 'if TYPE_CHECKING:'])],
  [0.5, 'typing.TYPE_CHECKING', (w) => guarded(w, ['import typing', 'if typing.TYPE_CHECKING:'])],
  [0.5, '__main__', (w) => guarded(w, ['if __name__ == "__main__":'])],
  [1.5, 'sys.version_info', version],
  [
    0.5,
    'sys.platform',
    (w) => guarded(w, ['import sys', `if sys.platform ${w.random.pick(['==', '!='])} "win32":`]),
  ],
  [0.5, 'if constant', (w) => guarded(w, [`if ${w.random.pick(['True', 'False', '0', '1', 'not None'])}:`])],
  [0.5, 'in dir()', (w) => guarded(w, [`if "${w.random.pick(w.module.values)}" in dir():`])],
  [
    0.5,
    'in globals()',
    (w) =>
      guarded(w, [`if "${w.random.pick(w.module.values)}" ${w.random.pick(['in', 'not in'])} globals():`]),
  ],
  [
    0.7,
    'in sys.modules',
    (w) =>
      guarded(w, ['import sys', `if "${w.target().name}" ${w.random.pick(['in', 'not in'])} sys.modules:`]),
  ],
  [0.7, 'sys.modules.get', sysModulesGet],
  [0.4, 'sys.modules[…]', (w) => w.write('import sys', `${w.fresh()} = sys.modules["${w.target().name}"]`)],
  [
    0.3,
    'globals()[…] =',
    (w) => w.write(`globals()["${w.random.pick([...w.module.values, w.fresh('made')])}"] = 1`),
  ],
  [
    0.2,
    'unknown condition',
    (w) =>
      guarded(w, [
        'import os',
        `if ${w.random.pick(['os.environ.get("SEAWORTHY_NEVER_SET")', 'os.path.exists("/seaworthy/never")', 'os.getpid() < 0', 'os.getpid() > 0', 'os.path.exists(__file__)'])}:`,
      ]),
  ],
  [
    0.4,
    'raise',
    (w) =>
      w.write(
        'try:',
        `    raise ImportError("${w.fresh('no')}")`,
        'except ImportError as error:',
        `    ${w.fresh()} = str(error)`,
      ),
  ],
];

/** Writes one import or use, indented. */
function inner(writer: ModuleWriter, indent = '    '): void {
  const { random } = writer;
  if (random.chance(0.7)) {
    const total = IMPORT_FORMS.reduce((sum, [weight]) => sum + weight, 0);
    let roll = random.next() * total;
    for (const [weight, name, write] of IMPORT_FORMS) {
      roll -= weight;
      if (roll > 0) continue;
      writer.used(name);
      return write(writer, indent);
    }
  }
  writer.write(`${indent}${writer.fresh()} = ${writer.use()}`);
}

function guarded(writer: ModuleWriter, head: readonly string[]): void {
  const before = writer.bound.length;
  writer.write(...head);
  inner(writer);
  // What is bound below a condition is used no more than now and then.
  if (writer.random.chance(head.some((line) => line.includes('os.')) ? 0.95 : 0.8))
    writer.bound.length = Math.min(writer.bound.length, before);
  if (writer.random.chance(0.4)) {
    writer.write('else:');
    inner(writer);
  }
}

function version(writer: ModuleWriter): void {
  const { random } = writer;
  const test = random.pick([
    `sys.version_info >= (3, ${9 + random.below(5)})`,
    `sys.version_info < (3, ${9 + random.below(5)})`,
    `sys.version_info[:2] == (3, ${8 + random.below(6)})`,
    `sys.version_info.minor > ${8 + random.below(5)}`,
    `sys.version_info[0] == 3`,
  ]);
  guarded(writer, ['import sys', `if ${test}:`]);
}

const HANDLERS = [
  'ImportError',
  'ImportError',
  'ModuleNotFoundError',
  'AttributeError',
  'Exception',
  '(ImportError, AttributeError)',
  'NameError',
  'KeyError',
  '',
] as const;

function tryExcept(writer: ModuleWriter): void {
  const { random } = writer;
  writer.write('try:');
  inner(writer);
  if (random.chance(0.2)) inner(writer);
  const bound = writer.bound.at(-1)?.expression ?? 'nothing';
  const handlers = random.chance(0.3) ? 2 : 1;
  for (let index = 0; index < handlers; index++) {
    const type = index === handlers - 1 ? random.pick(HANDLERS) : random.pick(HANDLERS.slice(0, -1));
    writer.write(
      `except${type === '' ? '' : ` ${type}`}${type !== '' && random.chance(0.2) ? ' as error' : ''}:`,
    );
    const roll = random.next();
    if (roll < 0.4) writer.write(`    ${/^\w+$/.test(bound) ? bound : writer.fresh()} = None`);
    else if (roll < 0.55) writer.write('    pass');
    else if (roll < 0.85) inner(writer);
    else if (roll < 0.93) writer.write('    raise');
    else writer.write(`    raise RuntimeError("${writer.fresh('why')}")`);
  }
  if (random.chance(0.2)) {
    writer.write('else:');
    inner(writer);
  }
  if (random.chance(0.15)) writer.write('finally:', `    ${writer.fresh()} = 0`);
}

function tryFinally(writer: ModuleWriter): void {
  writer.write('try:');
  inner(writer);
  writer.write('finally:');
  inner(writer);
}

function suppress(writer: ModuleWriter): void {
  writer.write(
    'import contextlib',
    `with contextlib.suppress(${writer.random.pick(['ImportError', 'AttributeError', 'Exception', 'ImportError, AttributeError'])}):`,
  );
  inner(writer);
}

function sysModulesGet(writer: ModuleWriter): void {
  const target = writer.target();
  const name = writer.fresh('cached');
  writer.write(
    'import sys',
    `${name} = sys.modules.get("${target.name}")`,
    `if ${name}${writer.random.chance(0.5) ? ' is not None' : ''}:`,
  );
  writer.write(`    ${writer.fresh()} = ${name}.${writer.nameIn(target).name}`);
}
