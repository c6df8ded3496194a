import type { Expression, Pattern } from '../../../first-import/syntax/nodes.ts';

/** The expressions that a `case` pattern evaluates: values, keys and classes. */
export function* patternExpressions(pattern: Pattern): Generator<Expression> {
  switch (pattern.kind) {
    case 'value':
      yield pattern.value;
      break;
    case 'as':
      yield* patternExpressions(pattern.pattern);
      break;
    case 'or':
    case 'sequence':
      for (const each of pattern.patterns) yield* patternExpressions(each);
      break;
    case 'mapping':
      yield* pattern.keys;
      for (const each of pattern.patterns) yield* patternExpressions(each);
      break;
    case 'class':
      yield pattern.type;
      for (const each of pattern.patterns) yield* patternExpressions(each);
      break;
  }
}
