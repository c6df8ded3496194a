import type { Argument, Expression, Statement } from '../../../first-import/syntax/nodes.ts';
import type { FieldReading } from './name-places.ts';
import { dottedPath } from './walk-expression.ts';

/** Bases whose classes evaluate the annotations of their fields. */
const EVALUATES_FIELDS: ReadonlyMap<string, FieldReading> = new Map([
  ['BaseModel', 'resolved'],
  ['BaseSettings', 'resolved'],
  ['NamedTuple', 'evaluated'],
  ['RootModel', 'resolved'],
  ['Schema', 'resolved'],
  ['SQLModel', 'resolved'],
  ['Struct', 'resolved'],
  ['TypedDict', 'evaluated'],
]);

/** Decorators of the standard library: none asks for the types that annotations name (`dataclass` looks at their text). */
const READS_NOTHING: ReadonlySet<string> = new Set([
  ...['abstractmethod', 'asynccontextmanager', 'cache', 'cached_property', 'classmethod', 'contextmanager'],
  ...[
    'coroutine',
    'dataclass',
    'deleter',
    'deprecated',
    'final',
    'getter',
    'lru_cache',
    'overload',
    'override',
  ],
  ...['property', 'runtime_checkable', 'setter', 'staticmethod', 'total_ordering', 'unique', 'wraps'],
]);

/** Bases of the language and its standard library that leave annotations alone. */
const PLAIN_BASES: ReadonlySet<string> = new Set([
  ...['ABC', 'ABCMeta', 'Enum', 'Flag', 'Generic', 'IntEnum', 'IntFlag', 'NamedTuple', 'Protocol', 'StrEnum'],
  ...[
    'TypedDict',
    'TestCase',
    'Thread',
    'bool',
    'bytes',
    'dict',
    'float',
    'frozenset',
    'int',
    'list',
    'object',
  ],
  ...['set', 'str', 'tuple', 'type', 'namedtuple'],
]);

/** What a class does with the annotations of its fields, by its bases; `undefined` where none is known for it. */
export function fieldReading(args: readonly Argument[]): FieldReading | undefined {
  const readings = args.flatMap(({ name, value }) =>
    name === undefined ? [EVALUATES_FIELDS.get(lastName(value))] : [],
  );
  return readings.includes('resolved') ? 'resolved' : readings.find((reading) => reading !== undefined);
}

/** Whether a decorator may look at the annotations of what it decorates. */
export function mayRead(decorator: Expression): boolean {
  return !READS_NOTHING.has(lastName(decorator));
}

/** Whether a base class, a metaclass or a decorator may look at the annotations of a class's fields. */
export function mayReadFields({ args, decorators }: Extract<Statement, { kind: 'class' }>): boolean {
  const bases = args.filter(({ name }) => name === undefined || name === 'metaclass');
  return decorators.some(mayRead) || bases.some(({ value }) => !isPlain(lastName(value)));
}

function isPlain(base: string): boolean {
  return PLAIN_BASES.has(base) || /(?:Error|Exception|Warning)$/.test(base);
}

/** `c` of `a.b.c`, `a.c(…)` and `c[…]`; empty for other expressions. */
function lastName(node: Expression): string {
  if (node.kind === 'call') return lastName(node.callee);
  if (node.kind === 'subscript') return lastName(node.value);
  return dottedPath(node)?.text.split('.').at(-1) ?? '';
}
