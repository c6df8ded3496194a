import type { Machine } from './machine.ts';
import type { ModuleValue, Value } from './value.ts';

/** A module whose body is being executed, for finding out what its result depends on. */
export interface Progress {
  readonly module: ModuleValue;
  /** Place in the stack of modules in progress of the lowest one whose unfinished state was seen; its own or above: none. */
  low: number;
  /** It has asked which modules are loaded, which differs from one first import to another. */
  isPeeking: boolean;
  /** Names of settled modules that it asked for and that were there already. */
  readonly needs: Set<string>;
  /** Names of all modules that were there already when it asked for them. */
  readonly asked: Set<string>;
  /** Length of `arrivals` when it began. */
  readonly since: number;
}

interface Snapshot {
  readonly module: ModuleValue;
  readonly names: ReadonlyMap<string, Value>;
  readonly open: boolean;
}

interface Memory {
  readonly needs: readonly string[];
  /** Nothing was loaded when it began: what it needed, it had loaded itself. */
  readonly wasFirst: boolean;
  readonly modules: readonly Snapshot[];
  /** Modules that it began and that failed: where one is there (being executed, say), the result is another. */
  readonly failed: readonly string[];
  readonly assumption: string | undefined;
}

/**
 * Remembers, from one first import to the next, what the very first module to be executed left behind: the same module in
 * an interpreter that has loaded nothing leaves the same. So a package that every module of a project lies below is
 * executed once, not once for every module asked for.
 */
export class SettledModules {
  private readonly memories = new Map<string, Memory>();
  private readonly settled = new WeakSet<ModuleValue>();

  /** Notes a module that has finished, if it is settled. */
  remember(
    machine: Machine,
    progress: Progress,
    arrivals: readonly ModuleValue[],
    assumption: string | undefined,
  ): void {
    const { module, needs, since } = progress;
    if (this.memories.has(module.name)) return;
    const begun = arrivals.slice(since);
    const modules = new Set(begun.filter((one) => machine.loaded.get(one.name) === one));
    if (!modules.has(module)) return;
    for (const one of modules) this.settled.add(one);
    this.memories.set(module.name, {
      needs: [...needs],
      wasFirst: since === 0,
      modules: [...modules].map((one) => ({ module: one, names: new Map(one.names), open: one.open })),
      failed: begun.filter((one) => !modules.has(one)).map(({ name }) => name),
      assumption,
    });
  }

  /** Whether a module belongs to something that is remembered. */
  isSettled(module: ModuleValue): boolean {
    return this.settled.has(module);
  }

  /** Puts a settled module, and all that its import loads, where an execution would; returns what arrived, or nothing. */
  recall(machine: Machine, name: string): ModuleValue[] | undefined {
    // Only where nothing is loaded yet, which is how it was: then the result is certain to be the same.
    if (machine.loaded.size > 0) return undefined;
    const order: Memory[] = [];
    if (!this.collect(machine, name, order, new Set())) return undefined;
    const arrived: ModuleValue[] = [];
    for (const { modules, assumption } of order) {
      if (assumption !== undefined) machine.assume(assumption);
      for (const { module, names, open } of modules) {
        if (machine.loaded.get(module.name) === module) continue;
        reset(module.names, names);
        module.open = open;
        machine.loaded.set(module.name, module);
        arrived.push(module);
      }
    }
    for (const module of arrived) bindInParent(machine, module);
    return arrived;
  }

  /**
   * Whether a memory, and those that it needs, agree with what is loaded already and with `around`: the modules that would
   * be loaded or in progress when an execution came to it.
   */
  private collect(machine: Machine, name: string, order: Memory[], around: ReadonlySet<string>): boolean {
    const memory = this.memories.get(name);
    if (memory === undefined) return false;
    const above = name.slice(0, Math.max(name.lastIndexOf('.'), 0));
    const isUnder = above === '' || around.has(above) || machine.loaded.has(above);
    if (!isUnder && !this.collect(machine, above, order, around)) return false;
    const isTaken = (one: string): boolean => around.has(one) || machine.loaded.has(one);
    const holds = new Set(memory.modules.map(({ module }) => module.name));
    const isThere = memory.modules.every(({ module }) => machine.loaded.get(module.name) === module);
    if (order.includes(memory) || isThere) return true;
    if (memory.failed.some((one) => !holds.has(one) && isTaken(one))) return false;
    for (const { module } of memory.modules) {
      if (
        around.has(module.name) ||
        (machine.loaded.has(module.name) && machine.loaded.get(module.name) !== module)
      )
        return false;
    }
    const inside = new Set([...around, ...holds, ...memory.failed]);
    const isFirst = memory.wasFirst && machine.loaded.size === 0 && around.size === 0;
    for (const needed of isFirst ? [] : memory.needs)
      if (!this.collect(machine, needed, order, inside)) return false;
    order.push(memory);
    return true;
  }
}

/** Takes away what came later, submodules above all. */
function reset(names: Map<string, Value>, before: ReadonlyMap<string, Value>): void {
  names.clear();
  for (const [name, value] of before) names.set(name, value);
}

/** A package that was loaded before gets its submodule; one that was recalled has it already, if it had it. */
function bindInParent(machine: Machine, module: ModuleValue): void {
  const dot = module.name.lastIndexOf('.');
  const parent = dot < 0 ? undefined : machine.loaded.get(module.name.slice(0, dot));
  const child = module.name.slice(dot + 1);
  if (parent?.kind === 'module' && !parent.names.has(child)) parent.names.set(child, module);
}
