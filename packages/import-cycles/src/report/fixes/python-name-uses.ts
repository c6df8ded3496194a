import type { NameUse, Place } from './name-use.ts';
import { bindsName, isBinding } from './python-bindings.ts';
import type { BoundName, PythonImport, PythonSource, SyntaxNode } from './python-source.ts';

/** Bases whose classes evaluate the annotations of their fields. */
const EVALUATES_FIELDS = /\b(BaseModel|RootModel|BaseSettings|SQLModel|Struct|Schema|NamedTuple|TypedDict)\b/;

/**
 * Where a file uses the names that one of its imports binds.
 *
 * @param annotationsWait - Whether annotations are not evaluated at import: `from __future__ import annotations`, or
 * Python 3.14 and later (PEP 649).
 */
export function usesOfPythonNames(
  source: PythonSource,
  statement: PythonImport,
  names: readonly BoundName[],
  annotationsWait: boolean,
): NameUse[] {
  const waits = annotationsWait || importsFutureAnnotations(source);
  const byLocal = Map.groupBy(names, (name) => name.local);
  const places = new Map<BoundName, Place[]>(names.map((name) => [name, []]));
  source.tree.iterate({
    enter: ({ name: kind, node }) => {
      if (kind === 'ImportStatement') return false;
      if (kind === 'VariableName') {
        for (const name of byLocal.get(source.textOf(node)) ?? []) {
          if (!reaches(dottedPath(source, node), name.path)) continue;
          const place = placeOf(source, node, name, statement, waits);
          if (place !== undefined) places.get(name)!.push(place);
        }
      } else if (kind === 'String' || kind === 'ContinuedString') {
        for (const name of names) {
          const place = placeInString(source, node, name);
          if (place !== undefined) places.get(name)!.push(place);
        }
      }
      return undefined;
    },
  });
  return names.map((name) => ({ name: name.name, places: places.get(name)! }));
}

function placeOf(
  source: PythonSource,
  use: SyntaxNode,
  name: BoundName,
  statement: PythonImport,
  waits: boolean,
): Place | undefined {
  const line = source.lineOf(use.from);
  const binding = isBinding(use);
  if (binding === 'parameter' || binding === 'keyword' || binding === 'scope') return undefined;
  let annotation: SyntaxNode | undefined;
  let role: string | undefined;
  let call: { label: string; waits: boolean } | undefined;
  const owners: string[] = [];
  for (let child = use, node = use.parent; node !== null; child = node, node = node.parent) {
    switch (node.name) {
      case 'TypeDef':
      case 'TypeDefinition':
        annotation ??= node;
        break;
      case 'CallExpression':
        if (child.name !== 'ArgList') role ??= 'called';
        break;
      case 'Decorator':
        role ??= 'a decorator';
        break;
      case 'ParamList':
        if (annotation === undefined) role ??= `a default value of ${functionName(source, node.parent)}`;
        break;
      case 'LambdaExpression':
        if (child.name !== 'ParamList') call = { label: `the lambda in line ${line}`, waits: false };
        break;
      case 'FunctionDefinition':
        if (child.name === 'Body') {
          if (bindsName(source, node, name.local)) return undefined;
          if (annotation !== undefined) return { when: 'annotation', line, evaluated: false };
          call = { label: '', waits: false };
          owners.length = 0;
        }
        owners.unshift(nameOf(source, node));
        break;
      case 'ClassDefinition':
        if (child.name === 'ArgList') role ??= `a base class of \`${nameOf(source, node)}\``;
        if (annotation !== undefined && child.name === 'Body' && evaluatesFields(source, node, use)) {
          return { when: 'import', line, role: `the type of a field of \`${nameOf(source, node)}\`` };
        }
        if (binding === 'assignment' && child.name === 'Body') return undefined;
        owners.unshift(nameOf(source, node));
        break;
      case 'IfStatement':
        if (child.name === 'Body') {
          const test = source.text.slice(node.from, child.from);
          if (/\bTYPE_CHECKING\b/.test(test)) return { when: 'annotation', line, evaluated: false };
          if (/__name__/.test(test)) call ??= { label: 'the `__main__` block', waits: false };
        }
        break;
      case 'TryStatement':
        // `try: import x / except ImportError: x = None` moves as a whole.
        if (binding === 'assignment' && contains(node, statement.node)) return undefined;
        if (child.name !== 'Body') role ??= 'an exception to catch';
        break;
    }
  }
  if (call !== undefined) {
    return {
      when: 'call',
      line,
      label: call.label === '' ? owners.join('.') : call.label,
      waits: call.waits,
    };
  }
  if (annotation !== undefined) {
    const evaluated = !waits && annotation.name === 'TypeDef' && annotation.parent?.name !== 'TypeParam';
    return { when: 'annotation', line, evaluated };
  }
  return { when: 'import', line, role: binding === 'assignment' ? 'bound anew' : (role ?? 'used') };
}

/** A quoted annotation, or an entry of `__all__`. */
function placeInString(source: PythonSource, node: SyntaxNode, name: BoundName): Place | undefined {
  const text = source.textOf(node);
  if (!text.includes(name.local)) return undefined;
  const line = source.lineOf(node.from);
  for (let parent = node.parent; parent !== null; parent = parent.parent) {
    if (parent.name === 'TypeDef') {
      return hasWord(text, name.local) ? { when: 'annotation', line, evaluated: false } : undefined;
    }
    if (parent.name === 'AssignStatement' || parent.name === 'UpdateStatement') {
      const target = parent.firstChild;
      const isAll = target !== null && source.textOf(target) === '__all__';
      return isAll && text.replace(/^[rRuUbB]*("""|'''|"|')|("""|'''|"|')$/g, '') === name.local
        ? { when: 'offered', line }
        : undefined;
    }
  }
  return undefined;
}

/** Whether the class's own fields are evaluated by a base class; a method's annotations are not its fields. */
function evaluatesFields(source: PythonSource, node: SyntaxNode, use: SyntaxNode): boolean {
  const bases = node.getChild('ArgList');
  if (bases === null || !EVALUATES_FIELDS.test(source.textOf(bases))) return false;
  for (let parent = use.parent; parent !== null && parent.from !== node.from; parent = parent.parent) {
    if (parent.name === 'FunctionDefinition') return false;
  }
  return true;
}

/** `a.b.c` for the `a` of the expression `a.b.c`. */
function dottedPath(source: PythonSource, use: SyntaxNode): string {
  let whole = use;
  while (whole.parent?.name === 'MemberExpression' && whole.parent.firstChild?.from === whole.from) {
    const property = whole.parent.lastChild;
    if (property?.name !== 'PropertyName') break;
    whole = whole.parent;
  }
  return source.textOf(whole).replace(/\s+/g, '');
}

function reaches(used: string, path: string): boolean {
  return used === path || used.startsWith(`${path}.`) || path.startsWith(`${used}.`);
}

function importsFutureAnnotations(source: PythonSource): boolean {
  return source.imports.some(
    ({ module, names }) => module === '__future__' && names.some(({ name }) => name === 'annotations'),
  );
}

function functionName(source: PythonSource, node: SyntaxNode | null): string {
  return node?.name === 'FunctionDefinition' ? `\`${nameOf(source, node)}\`` : 'a lambda';
}

function nameOf(source: PythonSource, node: SyntaxNode | null): string {
  const name = node?.getChild('VariableName');
  return name == null ? '?' : source.textOf(name);
}

function contains(outer: SyntaxNode, inner: SyntaxNode): boolean {
  return outer.from <= inner.from && inner.to <= outer.to;
}

function hasWord(text: string, word: string): boolean {
  return text.split(/[^\p{ID_Continue}]+/u).includes(word);
}
