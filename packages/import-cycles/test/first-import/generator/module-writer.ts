import type { PlannedModule } from './project-layout.ts';
import type { Random } from './random.ts';

/** Something that a name (or expression) stands for at this point of the module being written. */
export interface Reference {
  readonly expression: string;
  readonly kind: 'module' | 'value' | 'function' | 'class';
  readonly target?: PlannedModule;
}

/** Lines of one module, and what its names stand for so far. */
export class ModuleWriter {
  readonly lines: string[] = [];
  readonly bound: Reference[] = [];
  readonly module: PlannedModule;
  readonly modules: readonly PlannedModule[];
  readonly random: Random;
  /** Oldest Python that is to run the project: newer syntax is not used. */
  readonly minor: number;
  readonly forms: Map<string, number>;
  private count = 0;

  constructor(
    module: PlannedModule,
    modules: readonly PlannedModule[],
    random: Random,
    minor: number,
    forms: Map<string, number>,
  ) {
    this.module = module;
    this.modules = modules;
    this.random = random;
    this.minor = minor;
    this.forms = forms;
  }

  used(form: string): void {
    this.forms.set(form, (this.forms.get(form) ?? 0) + 1);
  }

  write(...lines: string[]): void {
    this.lines.push(...lines);
  }

  fresh(prefix = 'name'): string {
    return `${prefix}_${this.count++}`;
  }

  target(): PlannedModule {
    return this.random.chance(0.93) ? this.random.pick(this.module.friends) : this.random.pick(this.modules);
  }

  /** A name that the target means to bind, now and then one that it does not. */
  nameIn(target: PlannedModule): { name: string; kind: Reference['kind'] } {
    const { random } = this;
    if (random.chance(0.01)) return { name: 'missing', kind: 'value' };
    const roll = random.next();
    if (roll < 0.5) return { name: random.pick(target.values), kind: 'value' };
    return roll < 0.75
      ? { name: random.pick(target.functions), kind: 'function' }
      : { name: random.pick(target.classes), kind: 'class' };
  }

  /** A use of something bound, which may not be there yet. */
  use(wanted?: Reference['kind']): string {
    const { random } = this;
    // A value of one's own now and then: not every use depends on others.
    if (wanted === undefined && random.chance(0.2)) return '2';
    const candidates = this.bound.filter(
      ({ kind }) => kind === 'module' || wanted === undefined || kind === wanted,
    );
    if (candidates.length === 0) return wanted === 'class' ? 'object' : wanted === 'function' ? 'str' : '1';
    const { expression, kind, target } = random.pick(candidates);
    if (kind !== 'module' || target === undefined) return expression;
    if (wanted === 'class') return `${expression}.${random.pick(target.classes)}`;
    if (wanted === 'function') return `${expression}.${random.pick(target.functions)}`;
    return `${expression}.${this.nameIn(target).name}`;
  }

  /** How this module writes the name of another in a `from` statement: absolute, or relative where they share a package. */
  path(target: PlannedModule): string {
    const own = this.module.packageName;
    if (own === '' || this.random.chance(0.4)) return target.name;
    const parts = own.split('.');
    for (let level = 1; level <= parts.length; level++) {
      const base = parts.slice(0, parts.length - level + 1).join('.');
      if (target.name === base) return '.'.repeat(level);
      if (target.name.startsWith(`${base}.`)) return '.'.repeat(level) + target.name.slice(base.length + 1);
    }
    return target.name;
  }
}
