import { trail } from './trail.ts';
import type { Value } from './value.ts';

/** Names bound in a module, a class body, an instance or a call. Changes can be taken back. */
export class Names extends Map<string, Value> {
  /** The trail's barrier when they were made, or when all of them were last noted there. */
  private saved: number = trail().barrier;
  /** While an alternative is tried: what the names that it changes were before. */
  private before: Map<string, Value | undefined> | undefined;

  override set(name: string, value: Value): this {
    this.note(name);
    return super.set(name, value);
  }

  override delete(name: string): boolean {
    if (!this.has(name)) return false;
    const { barrier } = trail();
    if (this.saved < barrier) {
      // What is unbound and bound again comes last: their order is kept by keeping them all.
      const all = [...this];
      const { saved } = this;
      trail().note(() => {
        super.clear();
        for (const [one, value] of all) super.set(one, value);
        this.saved = saved;
      });
      this.saved = barrier;
    }
    this.remember(name);
    return super.delete(name);
  }

  override clear(): void {
    for (const name of [...this.keys()]) this.delete(name);
  }

  /**
   * Runs code and takes back what it does to these names.
   * @returns what they were after it; undefined for one that was unbound
   */
  tried(code: () => void): ReadonlyMap<string, Value | undefined> {
    const outer = this.before;
    const before = new Map<string, Value | undefined>();
    this.before = before;
    try {
      code();
    } catch (error) {
      this.before = outer;
      if (outer) for (const [name, value] of before) if (!outer.has(name)) outer.set(name, value);
      throw error;
    }
    this.before = outer;
    const after = new Map<string, Value | undefined>();
    for (const [name, value] of before) {
      after.set(name, this.get(name));
      if (value === undefined) this.delete(name);
      else this.set(name, value);
    }
    return after;
  }

  private note(name: string): void {
    if (this.saved < trail().barrier) {
      const old = this.get(name);
      trail().note(() => (old === undefined ? super.delete(name) : super.set(name, old)));
    }
    this.remember(name);
  }

  private remember(name: string): void {
    if (this.before !== undefined && !this.before.has(name)) this.before.set(name, this.get(name));
  }
}
