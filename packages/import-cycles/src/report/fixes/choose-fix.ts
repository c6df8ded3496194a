import type { GraphView } from '../../model/import-graph.ts';
import { EFFORT_OF_MOVING_USERS, type Fix, type WeighedFix, weighed } from './fix.ts';
import type { ImportUse, NameUse, Place } from './name-use.ts';
import { firstFew, linesOf, quoted } from './wording.ts';

/** What the choice depends on besides the uses. */
export interface FixContext {
  readonly view: GraphView;
  readonly language: 'python' | 'typescript';
  /** The project's Python has `lazy import` (3.15). */
  readonly hasLazyImports: boolean;
  /** The imported names, as a package's `__init__` (or an index file) passes them on from elsewhere. */
  readonly submodule?: { readonly statement: string; readonly passedOnBy: string };
  /** Name of the importing module, and whether it is a package (which may only exist to pass names on). */
  readonly from: { readonly name: string; readonly isPackage: boolean };
  readonly to: string;
  /** Nothing executes the import while the module is imported: it is deferred already. */
  readonly isDeferred: boolean;
  /** Names of the modules that take the imported names from here instead of from where they are defined. */
  readonly takers: readonly string[];
  /** Names of the modules that may need the import to have been executed, since it binds a submodule in its package. */
  readonly dependants: readonly string[];
}

/** A module need not import itself. */
export function withoutItself(name: string): Fix {
  const text = `\`${name}\` imports itself: remove the import, and use the names of the module as they are`;
  return { kind: 'defer', text };
}

/** The fix that suits an import, from how the names that it binds are used. */
export function chooseFix(use: ImportUse, context: FixContext): WeighedFix {
  if (context.submodule !== undefined) {
    const { statement, passedOnBy } = context.submodule;
    const text = `write \`${statement}\`: ${passedOnBy} only passes ${pronoun(use.names)} on`;
    return weighed({ kind: 'submodule', text });
  }
  if (use.form === 're-export') return { ...dropReExport(use, context), effort: EFFORT_OF_MOVING_USERS };
  if (context.view !== 'all' && onlyPassesOn(use)) {
    return { ...passOnLater(use, context), effort: EFFORT_OF_MOVING_USERS };
  }
  const fix = fixForUses(use, context);
  const unbound = fix.kind === 'defer' || fix.kind === 'type-checking';
  return weighed(unbound ? { ...fix, text: fix.text + letTakersGo(use, context) } : fix);
}

/** Once the names are not the module's own any more, whoever takes them from here must go to the source. */
function letTakersGo({ names }: ImportUse, { takers, dependants, to }: FixContext): string {
  return letDependantsImport(dependants, to) + letTakersImport(names, takers, to);
}

function letDependantsImport(dependants: readonly string[], to: string): string {
  if (dependants.length === 0) return '';
  const [parent, name] = [to.slice(0, to.lastIndexOf('.')), to.slice(to.lastIndexOf('.') + 1)];
  return `; it also sets \`${name}\` in \`${parent}\`, on which ${quoted(dependants)} may count: import \`${to}\` there`;
}

function letTakersImport(names: ImportUse['names'], takers: readonly string[], to: string): string {
  if (takers.length === 0) return '';
  const verb = takers.length === 1 ? 'takes' : 'take';
  return `; ${quoted(takers)} ${verb} ${names.length === 1 ? 'the name' : 'names'} from here: import from \`${to}\` there`;
}

/** Nothing in the file uses the names. */
function onlyPassesOn({ form, names }: ImportUse): boolean {
  return (
    form === 'statement' &&
    names.every(({ name, places }) => name !== '*' && places.every(({ when }) => when === 'offered'))
  );
}

function fixForUses(use: ImportUse, context: FixContext): Fix {
  if (context.view === 'all') return extractWhereAllCount(use, context);
  if (use.form === 'call') {
    const text =
      'make the call in the function that needs the module, so that it runs when the function does';
    return { kind: 'defer', text };
  }
  if (use.names.some(({ name }) => name === '*')) {
    const text = `name what is used instead of \`*\`: then it shows which of the names \`${context.to}\` can do without, and what both modules need can move into a third one`;
    return { kind: 'extract', text };
  }
  const needed = atImport(use);
  if (needed.length > 0) return extract(use, needed);
  const waiting = use.names.flatMap(({ places }) => places);
  if (context.hasLazyImports && use.canBeLazy) {
    const code = use.statement === undefined ? 'put `lazy` before it' : `write \`lazy ${use.statement}\``;
    return { kind: 'lazy', text: `${code} (Python 3.15): ${whereUsed(use.names)}` };
  }
  const calls = waiting.filter((place) => place.when === 'call');
  const annotations = waiting.filter((place) => place.when === 'annotation');
  if (calls.length === 0 && annotations.length > 0) return forTypeChecking(use, annotations, context);
  if (context.language === 'typescript' && !calls.every((place) => place.waits)) {
    const blocked = calls.filter((place) => !place.waits);
    const text = `${whereUsed(use.names)}, and ${functionsOf(blocked)} cannot wait for \`import()\` without being async: move what both modules need into a third one`;
    return { kind: 'extract', text };
  }
  return defer(use, calls, annotations, context);
}

function atImport(use: ImportUse): { name: string; place: Extract<Place, { when: 'import' }> }[] {
  return use.names.flatMap(({ name, places }) =>
    places.flatMap((place) => (place.when === 'import' ? [{ name, place }] : [])),
  );
}

function extract(use: ImportUse, needed: ReturnType<typeof atImport>): Fix {
  const third = 'move what both modules need into a third one that imports neither';
  if (needed.length === 0) {
    const names = use.names.length === 0 ? '' : ` (here ${quoted(use.names.map(({ name }) => name))})`;
    return { kind: 'extract', text: `${third}${names}` };
  }
  const reasons = [...Map.groupBy(needed, ({ name }) => name)].map(([name, places]) => {
    const roles = [...Map.groupBy(places, ({ place }) => place.role)].map(
      ([role, same]) => `${role} in ${linesOf(same.map(({ place }) => place.line))}`,
    );
    return `\`${name}\` is ${firstFew(roles, 2)}`;
  });
  return {
    kind: 'extract',
    text: `${third}: ${firstFew(reasons, 2)}, needed as soon as the module is imported`,
  };
}

/** In the view of all imports, one that waits is as good a part of a cycle as any. */
function extractWhereAllCount(use: ImportUse, { isDeferred }: FixContext): Fix {
  if (!isDeferred) return extract(use, atImport(use));
  const { text } = extract(use, []);
  return {
    kind: 'extract',
    text: `it waits until it is needed, which does no harm at import; to part the modules altogether, ${text}`,
  };
}

function forTypeChecking(
  use: ImportUse,
  annotations: readonly Extract<Place, { when: 'annotation' }>[],
  context: FixContext,
): Fix {
  const only = `only annotations use ${quoted(use.names.map(({ name }) => name))} (${linesOf(annotations.map(({ line }) => line))})`;
  if (context.language === 'typescript') {
    const code =
      use.statement === undefined
        ? 'write `import type`'
        : `write \`${use.statement.replace(/^import\b/, 'import type')}\``;
    return { kind: 'type-checking', text: `${code}: ${only}` };
  }
  const evaluated = annotations.filter((place) => place.evaluated);
  const and =
    evaluated.length === 0
      ? ''
      : `; quote those in ${linesOf(evaluated.map(({ line }) => line))} or add \`from __future__ import annotations\`, since they are evaluated at import`;
  const readers = [...new Set(annotations.flatMap(({ reader }) => reader ?? []))];
  const unless =
    readers.length === 0
      ? ''
      : `; not where something reads the annotations of ${quoted(readers)} at run time, as a base class or decorator may`;
  return { kind: 'type-checking', text: `move it below \`if TYPE_CHECKING:\`, since ${only}${and}${unless}` };
}

function defer(
  use: ImportUse,
  calls: readonly Extract<Place, { when: 'call' }>[],
  annotations: readonly Extract<Place, { when: 'annotation' }>[],
  context: FixContext,
): Fix {
  const names = quoted(use.names.map(({ name }) => name));
  const functions = functionsOf(calls);
  const one = new Set(calls.map(({ label }) => label)).size === 1;
  const verb = context.language === 'typescript' ? 'load it with `await import()` in' : 'move it into';
  const why = one ? `the only place that uses ${names}` : `the places that use ${names}`;
  const types =
    annotations.length === 0
      ? ''
      : context.language === 'typescript'
        ? `; keep an \`import type\` for ${linesOf(annotations.map(({ line }) => line))}`
        : `; for the annotations in ${linesOf(annotations.map(({ line }) => line))}, repeat it below \`if TYPE_CHECKING:\``;
  return { kind: 'defer', text: `${verb} ${functions}, ${why}${types}` };
}

/** Nothing in the file uses the names: it only has them for others, or for nobody. */
function passOnLater(use: ImportUse, context: FixContext): Fix {
  const names = quoted(use.names.map(({ name }) => name));
  const offered = use.names.some(({ places }) => places.length > 0);
  if (use.names.length === 0) {
    const text = `it is imported for what it does, not for a name: remove it where nothing needs that, or import \`${context.to}\` where the program starts`;
    return { kind: 'defer', text };
  }
  if (context.language === 'python' && (offered || context.from.isPackage)) {
    const text = `\`${context.from.name}\` only passes ${names} on: import ${pronoun(use.names)} in a module-level \`__getattr__\` (PEP 562) on first use, or let ${context.takers.length === 0 ? 'its users' : quoted(context.takers)} import from \`${context.to}\``;
    return { kind: 'defer', text };
  }
  const text = `nothing in this file uses ${names}: remove the import${letTakersGo(use, context)}`;
  return { kind: 'defer', text };
}

function dropReExport(use: ImportUse, context: FixContext): Fix {
  const names = use.names.length === 0 ? 'its names' : quoted(use.names.map(({ name }) => name));
  const text = `let the modules that need ${names} import from \`${context.to}\` itself, and drop the re-export`;
  return { kind: 'submodule', text };
}

function whereUsed(names: readonly NameUse[]): string {
  const calls = names.flatMap(({ places }) => places.filter((place) => place.when === 'call'));
  const subject = quoted(names.map(({ name }) => name));
  const verb = names.length === 1 ? 'is' : 'are';
  return calls.length === 0
    ? `${subject} ${verb} used in annotations only`
    : `${subject} ${verb} used in ${functionsOf(calls)} only`;
}

/** `a` (line 3) and `B.c` (lines 5 and 9). */
function functionsOf(calls: readonly Extract<Place, { when: 'call' }>[]): string {
  const functions = [...Map.groupBy(calls, ({ label }) => label)].map(([label, places]) => {
    if (label.startsWith('the ')) return label;
    return `\`${label}\` (${linesOf(places.map(({ line }) => line))})`;
  });
  return firstFew(functions);
}

function pronoun(names: readonly unknown[]): string {
  return names.length === 1 ? 'it' : 'them';
}
