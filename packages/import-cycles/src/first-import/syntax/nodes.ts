/**
 * Syntax of a Python module, as far as its execution is followed: what CPython's `ast` knows, less what has no effect on
 * names (operators' spelling of arithmetic is kept only where constants are computed). Lines are 1-based.
 */
export type ConstantValue =
  null | boolean | number | string | { readonly opaque: 'bytes' | 'ellipsis' | 'number' };

interface At {
  readonly line: number;
}

/** An argument of a call, or a base or keyword of a class. */
export interface Argument {
  /** `*x` or `**x`. */
  readonly unpack?: 1 | 2;
  readonly name?: string;
  readonly value: Expression;
}

/** A `for … in … if …` of a comprehension. */
export interface Generator {
  readonly target: Expression;
  readonly iterable: Expression;
  readonly conditions: readonly Expression[];
  readonly isAsync: boolean;
}

/** A parameter of a function. */
export interface Parameter {
  readonly name: string;
  readonly annotation?: Expression;
  readonly default?: Expression;
}

/** The parameters of a function, by kind. */
export interface Parameters {
  /** Positional ones, positional-only included. */
  readonly positional: readonly Parameter[];
  readonly rest?: Parameter;
  readonly keywordOnly: readonly Parameter[];
  readonly keywords?: Parameter;
}

/** An expression. */
export type Expression =
  | ({ readonly kind: 'constant'; readonly value: ConstantValue } & At)
  | ({ readonly kind: 'name'; readonly name: string } & At)
  | ({
      readonly kind: 'attribute';
      readonly value: Expression;
      readonly name: string;
      readonly nameLine: number;
    } & At)
  | ({ readonly kind: 'subscript'; readonly value: Expression; readonly index: Expression } & At)
  | ({ readonly kind: 'slice'; readonly parts: readonly (Expression | undefined)[] } & At)
  | ({ readonly kind: 'call'; readonly callee: Expression; readonly args: readonly Argument[] } & At)
  | ({ readonly kind: 'unary'; readonly operator: string; readonly value: Expression } & At)
  | ({
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    } & At)
  | ({ readonly kind: 'bool'; readonly operator: 'and' | 'or'; readonly values: readonly Expression[] } & At)
  | ({
      readonly kind: 'compare';
      readonly first: Expression;
      readonly rest: readonly { readonly operator: string; readonly value: Expression }[];
    } & At)
  | ({
      readonly kind: 'conditional';
      readonly test: Expression;
      readonly then: Expression;
      readonly otherwise: Expression;
    } & At)
  | ({ readonly kind: 'lambda'; readonly definition: FunctionNode } & At)
  | ({ readonly kind: 'tuple' | 'list' | 'set'; readonly items: readonly Expression[] } & At)
  | ({
      readonly kind: 'dict';
      readonly entries: readonly { readonly key?: Expression; readonly value: Expression }[];
    } & At)
  | ({
      readonly kind: 'comprehension';
      readonly result: 'list' | 'set' | 'dict' | 'generator';
      readonly element: Expression;
      readonly value?: Expression;
      readonly generators: readonly Generator[];
    } & At)
  | ({ readonly kind: 'format'; readonly parts: readonly (string | Expression)[] } & At)
  | ({ readonly kind: 'yield'; readonly value?: Expression; readonly from: boolean } & At)
  | ({ readonly kind: 'await'; readonly value: Expression } & At)
  | ({ readonly kind: 'named'; readonly name: string; readonly value: Expression } & At)
  | ({ readonly kind: 'starred'; readonly value: Expression } & At);

/** What `def` and `lambda` have in common. */
export interface FunctionNode extends At {
  readonly name: string;
  readonly parameters: Parameters;
  readonly returns?: Expression;
  readonly body: readonly Statement[] | Expression;
  readonly isAsync: boolean;
  readonly isGenerator: boolean;
  /** Names of the type parameters (PEP 695). */
  readonly typeParameters: readonly string[];
}

/** `name as as`; the name may have dots where it is a module. */
export interface ImportedName {
  readonly name: string;
  readonly as?: string;
}

/** An `except` clause; without a type it catches everything. */
export interface Handler extends At {
  readonly type?: Expression;
  readonly name?: string;
  readonly body: readonly Statement[];
}

/** A `case` of a `match` statement. */
export interface MatchCase {
  readonly pattern: Pattern;
  readonly guard?: Expression;
  readonly body: readonly Statement[];
}

/** A pattern of a `case`; a capture without a name is `_`. */
export type Pattern =
  | { readonly kind: 'value'; readonly value: Expression }
  | { readonly kind: 'capture'; readonly name?: string }
  | { readonly kind: 'as'; readonly pattern: Pattern; readonly name: string }
  | { readonly kind: 'or'; readonly patterns: readonly Pattern[] }
  | { readonly kind: 'sequence'; readonly patterns: readonly Pattern[] }
  | { readonly kind: 'star'; readonly name?: string }
  | {
      readonly kind: 'mapping';
      readonly keys: readonly Expression[];
      readonly patterns: readonly Pattern[];
      readonly rest?: string;
    }
  | { readonly kind: 'class'; readonly type: Expression; readonly patterns: readonly Pattern[] };

/** A statement. */
export type Statement =
  | ({ readonly kind: 'expression'; readonly value: Expression } & At)
  | ({ readonly kind: 'assign'; readonly targets: readonly Expression[]; readonly value: Expression } & At)
  | ({
      readonly kind: 'annotate';
      readonly target: Expression;
      readonly annotation: Expression;
      readonly value?: Expression;
      readonly simple: boolean;
    } & At)
  | ({
      readonly kind: 'augment';
      readonly target: Expression;
      readonly operator: string;
      readonly value: Expression;
    } & At)
  | ({ readonly kind: 'import'; readonly names: readonly ImportedName[]; readonly lazy: boolean } & At)
  | ({
      readonly kind: 'from';
      readonly module: string;
      readonly level: number;
      readonly names: readonly ImportedName[] | '*';
      readonly lazy: boolean;
    } & At)
  | ({
      readonly kind: 'if';
      readonly test: Expression;
      readonly then: readonly Statement[];
      readonly otherwise: readonly Statement[];
    } & At)
  | ({
      readonly kind: 'while';
      readonly test: Expression;
      readonly body: readonly Statement[];
      readonly otherwise: readonly Statement[];
    } & At)
  | ({
      readonly kind: 'for';
      readonly target: Expression;
      readonly iterable: Expression;
      readonly body: readonly Statement[];
      readonly otherwise: readonly Statement[];
    } & At)
  | ({
      readonly kind: 'try';
      readonly body: readonly Statement[];
      readonly handlers: readonly Handler[];
      readonly otherwise: readonly Statement[];
      readonly finally: readonly Statement[];
      readonly group: boolean;
    } & At)
  | ({
      readonly kind: 'with';
      readonly items: readonly { readonly value: Expression; readonly target?: Expression }[];
      readonly body: readonly Statement[];
      readonly isAsync: boolean;
    } & At)
  | ({ readonly kind: 'match'; readonly subject: Expression; readonly cases: readonly MatchCase[] } & At)
  | ({
      readonly kind: 'function';
      readonly definition: FunctionNode;
      readonly decorators: readonly Expression[];
    } & At)
  | ({
      readonly kind: 'class';
      readonly name: string;
      readonly args: readonly Argument[];
      readonly decorators: readonly Expression[];
      readonly body: readonly Statement[];
      readonly typeParameters: readonly string[];
    } & At)
  | ({ readonly kind: 'return'; readonly value?: Expression } & At)
  | ({ readonly kind: 'raise'; readonly value?: Expression; readonly cause?: Expression } & At)
  | ({ readonly kind: 'delete'; readonly targets: readonly Expression[] } & At)
  | ({ readonly kind: 'global' | 'nonlocal'; readonly names: readonly string[] } & At)
  | ({ readonly kind: 'assert'; readonly test: Expression; readonly message?: Expression } & At)
  | ({ readonly kind: 'type-alias'; readonly name: string } & At)
  | ({ readonly kind: 'pass' | 'break' | 'continue' } & At);

/** A parsed module. */
export interface ModuleSyntax {
  readonly body: readonly Statement[];
  readonly futureAnnotations: boolean;
  readonly docstring: string | null;
  /** The youngest syntax in it: the first Python 3 that knows it (`minor`), and where it stands. */
  readonly needs: { readonly minor: number; readonly line: number };
}
