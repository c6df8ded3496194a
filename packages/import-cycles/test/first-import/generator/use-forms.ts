import type { ModuleWriter } from './module-writer.ts';

type Form = readonly [weight: number, name: string, write: (writer: ModuleWriter) => void];

/** Every place in which a module body can touch what another module binds. */
export const USE_FORMS: readonly Form[] = [
  [4, 'attribute in an expression', (w) => w.write(`${w.fresh()} = ${w.use()}`)],
  [1, 'expression statement', (w) => w.write(w.use())],
  [2, 'base class', (w) => w.write(`class ${w.fresh('Sub')}(${w.use('class')}):`, '    pass')],
  [
    1,
    'decorator',
    (w) => w.write(`@${w.use('function')}`, `def ${w.fresh('decorated')}(*args):`, '    return args'),
  ],
  [
    1,
    'class decorator',
    (w) => w.write(`@${w.use('function')}`, `class ${w.fresh('Decorated')}:`, '    pass'),
  ],
  [
    1,
    'default argument',
    (w) => w.write(`def ${w.fresh('defaults')}(first=${w.use()}, *, second=${w.use()}):`, '    return first'),
  ],
  [
    1,
    'annotation of a function',
    (w) => w.write(`def ${w.fresh('annotated')}(first: ${w.use()}) -> ${w.use()}:`, '    return first'),
  ],
  [1, 'annotation of a variable', (w) => w.write(`${w.fresh()}: ${w.use()} = 1`)],
  [1, 'bare annotation', (w) => w.write(`${w.fresh()}: ${w.use()}`)],
  [
    1,
    'class body',
    (w) => w.write(`class ${w.fresh('Body')}:`, `    field = ${w.use()}`, `    typed: ${w.use()} = 2`),
  ],
  [1, 'comprehension', (w) => w.write(`${w.fresh()} = [${w.use()} for _ in range(2)]`)],
  [
    0.5,
    'dict comprehension',
    (w) => w.write(`${w.fresh()} = {key: ${w.use()} for key in ("a", "b") if key}`),
  ],
  [0.5, 'empty comprehension', (w) => w.write(`${w.fresh()} = [${w.use()} for _ in ()]`)],
  [0.5, 'generator expression', (w) => w.write(`${w.fresh()} = (${w.use()} for _ in range(2))`)],
  [0.5, 'consumed generator', (w) => w.write(`${w.fresh()} = list(${w.use()} for _ in range(2))`)],
  [1, 'f-string', (w) => w.write(`${w.fresh()} = f"text {${w.use()}!r} more"`)],
  [
    0.5,
    'conditional expression',
    (w) =>
      w.write(`${w.fresh()} = ${w.use()} if ${w.random.pick(['True', 'False', 'None'])} else ${w.use()}`),
  ],
  [
    0.5,
    'and / or',
    (w) =>
      w.write(`${w.fresh()} = ${w.random.pick(['None', '1'])} ${w.random.pick(['and', 'or'])} ${w.use()}`),
  ],
  [0.5, 'walrus', (w) => w.write(`if (${w.fresh()} := ${w.use()}) is None:`, '    pass')],
  [0.5, 'tuple unpacking', (w) => w.write(`${w.fresh()}, ${w.fresh()} = ${w.use()}, ${w.use()}`)],
  [0.5, 'starred unpacking', (w) => w.write(`${w.fresh()}, *${w.fresh()} = [${w.use()}, ${w.use()}, 3]`)],
  [
    0.5,
    'dictionary',
    (w) => w.write(`${w.fresh()} = {`, `    "a": ${w.use()},`, `    "b": ${w.use()},`, '}'),
  ],
  [0.5, 'for loop', (w) => w.write(`for ${w.fresh('item')} in (1, 2):`, `    ${w.fresh()} = ${w.use()}`)],
  [0.5, 'while loop', whileLoop],
  [0.5, 'lambda called', (w) => w.write(`${w.fresh()} = (lambda: ${w.use()})()`)],
  [0.5, 'lambda kept', (w) => w.write(`${w.fresh()} = lambda: ${w.use()}`)],
  [0.5, 'assert', (w) => w.write(`assert ${w.use()} != 0.5`)],
  [2, 'function called', functionCalled],
  [1, 'foreign function called', (w) => w.write(`${w.fresh()} = ${w.use('function')}()`)],
  [1, 'foreign class called', (w) => w.write(`${w.fresh()} = ${w.use('class')}()`)],
  [0.7, 'method chain over lines', (w) => w.write(`${w.fresh()} = (`, '    1,', `    ${w.use()},`, ')')],
  [0.7, 'alias of a module', alias],
  [0.7, 'hasattr', probing('hasattr')],
  [0.7, 'getattr with default', probing('getattr')],
  [0.3, 'setattr on a module', settingAttribute],
  [0.5, 'del', (w) => deletion(w)],
  [
    0.3,
    'del of an attribute',
    (w) => withModule(w, (expression, name) => w.write(`del ${expression}.${name}`)),
  ],
  [0.5, 'global in a function', globalInFunction],
  [0.4, 'augmented assignment', (w) => w.write(`${w.random.pick(w.module.values)} += 1`)],
  [0.4, '__init_subclass__', initSubclass],
  [0.4, '__init__ of a local class', localInstance],
  [0.3, 'metaclass', metaclass],
  [0.3, 'context manager', contextManager],
  [0.3, 'decorator of its own', ownDecorator],
  [0.3, 'nested function with nonlocal', nestedFunction],
  [0.3, 'name not bound', (w) => w.write(`${w.fresh()} = ${w.random.pick(w.module.values)}`)],
  [0.3, 'match', matching],
];

function whileLoop(writer: ModuleWriter): void {
  const name = writer.fresh('turn');
  writer.write(
    `${name} = 2`,
    `while ${name}:`,
    `    ${name} -= 1`,
    `    ${writer.fresh()} = ${writer.use()}`,
  );
}

function functionCalled(writer: ModuleWriter): void {
  const name = writer.fresh('run');
  const body = writer.random.chance(0.4)
    ? [`    import ${writer.target().name}`, `    return ${writer.use()}`]
    : [`    return ${writer.use()}`];
  writer.write(`def ${name}():`, ...body);
  if (writer.random.chance(0.7)) writer.write(`${writer.fresh()} = ${name}()`);
}

/** Writes something about a module that is bound here, if any is. */
function withModule(writer: ModuleWriter, write: (expression: string, name: string) => void): void {
  const modules = writer.bound.filter(({ kind, target }) => kind === 'module' && target);
  if (modules.length === 0) return writer.write(`${writer.fresh()} = 0`);
  const { expression, target } = writer.random.pick(modules);
  write(expression, writer.nameIn(target!).name);
}

function alias(writer: ModuleWriter): void {
  const modules = writer.bound.filter(({ kind, target }) => kind === 'module' && target);
  if (modules.length === 0) return writer.write('pass');
  const { expression, target } = writer.random.pick(modules);
  const name = writer.fresh('same');
  writer.write(`${name} = ${expression}`);
  writer.bound.push({ expression: name, kind: 'module', target: target! });
}

function probing(how: 'hasattr' | 'getattr'): (writer: ModuleWriter) => void {
  return (writer) =>
    withModule(writer, (expression, name) => {
      if (how === 'getattr')
        return writer.write(`${writer.fresh()} = getattr(${expression}, "${name}", None)`);
      writer.write(
        `if ${writer.random.chance(0.3) ? 'not ' : ''}hasattr(${expression}, "${name}"):`,
        `    ${writer.fresh()} = ${expression}.${name}`,
      );
      return undefined;
    });
}

function settingAttribute(writer: ModuleWriter): void {
  withModule(writer, (expression, name) =>
    writer.write(
      writer.random.chance(0.5) ? `setattr(${expression}, "${name}", 1)` : `${expression}.${name} = 1`,
    ),
  );
}

function deletion(writer: ModuleWriter): void {
  const name = writer.random.chance(0.6)
    ? writer.random.pick(writer.module.values)
    : writer.fresh('temporary');
  if (name.startsWith('temporary')) writer.write(`${name} = ${writer.use()}`);
  writer.write(`del ${name}`);
}

function globalInFunction(writer: ModuleWriter): void {
  const name = writer.fresh('set');
  const bound = writer.fresh('late');
  writer.write(`def ${name}():`, `    global ${bound}`, `    ${bound} = ${writer.use()}`);
  if (writer.random.chance(0.7)) writer.write(`${name}()`);
  writer.write(`${writer.fresh()} = ${bound}`);
}

function initSubclass(writer: ModuleWriter): void {
  const name = writer.fresh('Base');
  writer.write(
    `class ${name}:`,
    '    def __init_subclass__(cls, **options):',
    '        super().__init_subclass__(**options)',
    `        cls.found = ${writer.use()}`,
  );
  if (writer.random.chance(0.7)) writer.write(`class ${writer.fresh('Derived')}(${name}):`, '    pass');
}

function localInstance(writer: ModuleWriter): void {
  const name = writer.fresh('Thing');
  writer.write(
    `class ${name}:`,
    '    def __init__(self):',
    `        self.part = ${writer.use()}`,
    '    def method(self):',
    `        return ${writer.use()}`,
  );
  if (writer.random.chance(0.7))
    writer.write(`${writer.fresh()} = ${name}()${writer.random.chance(0.4) ? '.method()' : ''}`);
}

function metaclass(writer: ModuleWriter): void {
  const name = writer.fresh('Meta');
  writer.write(
    `class ${name}(type):`,
    '    def __new__(mcs, name, bases, names):',
    `        names["extra"] = ${writer.use()}`,
    '        return super().__new__(mcs, name, bases, names)',
  );
  writer.write(`class ${writer.fresh('Made')}(metaclass=${name}):`, '    pass');
}

function contextManager(writer: ModuleWriter): void {
  const name = writer.fresh('Manager');
  const swallows = writer.random.chance(0.5);
  writer.write(
    `class ${name}:`,
    '    def __enter__(self):',
    '        return self',
    '    def __exit__(self, kind, error, trace):',
    `        return ${swallows ? 'True' : 'False'}`,
  );
  writer.write(`with ${name}():`, `    ${writer.fresh()} = ${writer.use()}`);
}

function ownDecorator(writer: ModuleWriter): void {
  const name = writer.fresh('wrap');
  writer.write(
    'import functools',
    `def ${name}(function):`,
    '    @functools.wraps(function)',
    '    def inner(*args):',
    '        return function(*args)',
    `    inner.mark = ${writer.use()}`,
    '    return inner',
  );
  const wrapped = writer.fresh('wrapped');
  writer.write(`@${name}`, `def ${wrapped}():`, `    return ${writer.use()}`);
  if (writer.random.chance(0.5)) writer.write(`${wrapped}()`);
}

function nestedFunction(writer: ModuleWriter): void {
  const name = writer.fresh('outer');
  writer.write(
    `def ${name}():`,
    '    count = 0',
    '    def step():',
    '        nonlocal count',
    `        count = ${writer.use()}`,
    '        return count',
    '    return step()',
    `${writer.fresh()} = ${name}()`,
  );
}

function matching(writer: ModuleWriter): void {
  if (writer.minor < 10) return writer.write('pass');
  writer.write(`match ${writer.random.pick(['(1, 2)', '"text"', '{"a": 1}', '3'])}:`);
  writer.write(
    '    case (1, second):',
    `        ${writer.fresh()} = ${writer.use()}`,
    '    case "text" | "other":',
    `        ${writer.fresh()} = ${writer.use()}`,
  );
  writer.write(
    '    case {"a": value}:',
    `        ${writer.fresh()} = ${writer.use()}`,
    '    case _:',
    '        pass',
  );
  return undefined;
}
