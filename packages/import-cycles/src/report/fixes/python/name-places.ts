import type { Expression } from '../../../first-import/syntax/nodes.ts';
import type { Place } from '../name-use.ts';
import { type Scope, isOfModule } from './scope.ts';
import type { BoundName } from './python-source.ts';

/** When a piece of code is executed, and what for. */
export interface Context {
  /** The function whose call executes it; `undefined`: the import of the module does. */
  readonly call?: string;
  /** Only type checkers read it. */
  readonly never?: boolean;
  readonly annotation?: 'evaluated' | 'waits';
  /** As a phrase: "a decorator". */
  readonly role?: string;
  /** Names of the classes around it. */
  readonly owners: readonly string[];
  /**
   * Whether the class around it evaluates the annotations of its fields, and whether it also resolves the names in those
   * that are strings.
   */
  readonly fields?: FieldReading | undefined;
  /** In the annotation of such a field. */
  readonly field?: FieldReading | undefined;
  /** The class or function whose base class or decorator may read the annotations here. */
  readonly reader?: string | undefined;
  /** In the `try` statement that holds the import itself. */
  readonly withImport?: boolean;
}

export type FieldReading = 'evaluated' | 'resolved';

/** Collects the places that use some names of a module, as a walk over its syntax comes across them. */
export class NamePlaces {
  readonly found = new Map<BoundName, Place[]>();
  /** Nothing evaluates the annotations of this file at import. */
  readonly annotationsWait: boolean;
  readonly #byLocal: ReadonlyMap<string, readonly BoundName[]>;

  constructor(names: readonly BoundName[], annotationsWait: boolean) {
    this.annotationsWait = annotationsWait;
    this.#byLocal = Map.groupBy(names, ({ local }) => local);
    for (const name of names) this.found.set(name, []);
  }

  /** A dotted path that begins with a variable is read. */
  use(root: string, path: string, line: number, scope: Scope, context: Context): void {
    for (const bound of this.#byLocal.get(root) ?? []) {
      if (reaches(path, bound.path) && isOfModule(root, scope)) this.#place(bound, line, context);
    }
  }

  /** A variable is bound. */
  bind(name: string, line: number, scope: Scope, context: Context): void {
    if (scope.kind === 'class' && !scope.ofModule.has(name)) {
      scope.own.add(name);
      return;
    }
    if (context.withImport === true) return;
    for (const bound of this.#byLocal.get(name) ?? []) {
      if (isOfModule(name, scope)) this.#place(bound, line, { ...context, role: 'bound anew' });
    }
  }

  /** A string stands in an annotation. */
  quoted(text: string, line: number, scope: Scope, context: Context): void {
    const words = new Set(text.split(/[^\p{ID_Continue}]+/u));
    for (const [local, names] of this.#byLocal) {
      if (!words.has(local) || !isOfModule(local, scope)) continue;
      for (const bound of names) {
        if (context.field === 'resolved') this.#place(bound, line, context);
        else this.#annotation(bound, line, false, context);
      }
    }
  }

  /** `__all__` is given a value. */
  offers(value: Expression): void {
    if (value.kind !== 'list' && value.kind !== 'tuple') return;
    for (const item of value.items) {
      if (item.kind !== 'constant' || typeof item.value !== 'string') continue;
      for (const bound of this.#byLocal.get(item.value) ?? []) {
        this.found.get(bound)!.push({ when: 'offered', line: item.line });
      }
    }
  }

  #annotation(bound: BoundName, line: number, evaluated: boolean, { reader, never }: Context): void {
    const read = reader === undefined || never === true ? {} : { reader };
    this.found.get(bound)!.push({ when: 'annotation', line, evaluated, ...read });
  }

  #place(bound: BoundName, line: number, context: Context): void {
    const { annotation, call, never, role } = context;
    let place: Place;
    if (never === true || annotation === 'waits') return this.#annotation(bound, line, false, context);
    if (call !== undefined) place = { when: 'call', line, label: call, waits: false };
    else if (annotation === 'evaluated') return this.#annotation(bound, line, true, context);
    else place = { when: 'import', line, role: role ?? 'used' };
    this.found.get(bound)!.push(place);
  }
}

/** Whether a use of `a.b.c` may be one of the import of `a.b`, or of all of `a`. */
function reaches(used: string, path: string): boolean {
  return used === path || used.startsWith(`${path}.`) || path.startsWith(`${used}.`);
}
