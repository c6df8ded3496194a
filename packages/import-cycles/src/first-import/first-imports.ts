import { Interpreter, type Mark } from './interpreter/interpreter.ts';
import type { PythonException } from './interpreter/values/python-exception.ts';
import type { ProjectModules } from './project/project-modules.ts';

/** What a first import comes to. */
export interface Outcome {
  readonly fault: PythonException | undefined;
  readonly assumption: string | undefined;
}

/** A package or module that has been imported, after those that it lies in. */
interface Step {
  readonly name: string;
  readonly outcome: Outcome;
  /** How everything was then. */
  readonly mark: Mark;
}

/**
 * First imports, each as if nothing had happened before it. `import a.b.c` imports `a`, then `a.b`, then `a.b.c`; what was
 * imported last is kept as far as the next one begins with it, and the rest is taken back.
 */
export class FirstImports {
  private readonly interpreter: Interpreter;
  private readonly nothing: Mark;
  private readonly steps: Step[] = [];

  constructor(project: ProjectModules, minor: number, platform: string) {
    this.interpreter = new Interpreter(project, minor, platform);
    this.nothing = this.interpreter.mark();
  }

  /** Statements, calls and turns of loops followed so far. */
  get work(): number {
    return this.interpreter.work;
  }

  of(module: string): Outcome {
    this.goBackTowards(module);
    for (let dot = module.indexOf('.'); dot > 0; dot = module.indexOf('.', dot + 1)) {
      const last = this.steps.at(-1)?.outcome;
      if (last?.fault) return last;
      const name = module.slice(0, dot);
      // As `importlib` does: what is there already, whatever it is, is not imported.
      if (!this.interpreter.loaded.has(name)) this.step(name);
    }
    const last = this.steps.at(-1);
    if (last?.outcome.fault || last?.name === module) return last.outcome;
    return this.step(module);
  }

  private goBackTowards(module: string): void {
    const isOnTheWay = (name: string): boolean => module === name || module.startsWith(`${name}.`);
    const kept = this.steps.findIndex(({ name }) => !isOnTheWay(name));
    if (kept >= 0) this.steps.length = kept;
    this.interpreter.backTo(this.steps.at(-1)?.mark ?? this.nothing);
  }

  private step(name: string): Outcome {
    const fault = this.interpreter.importFirst(name);
    const outcome = { fault, assumption: this.interpreter.assumption };
    this.steps.push({ name, outcome, mark: this.interpreter.mark() });
    return outcome;
  }
}
