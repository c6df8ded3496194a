/** What a step gave, and what it cost. */
export interface MeasuredStep {
  readonly step: string;
  readonly result: string;
  readonly cpuMs: number;
}

/** Runs steps one after another, each on what came before, and stops at the first that throws. */
export class StepMeter {
  readonly steps: MeasuredStep[] = [];

  /** @param describe - A result in a few words, so that both tools can be seen to agree. */
  run<T>(step: string, work: () => T, describe: (value: T) => string): T {
    const before = process.cpuUsage();
    const cpuMs = (): number => {
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    };
    try {
      const value = work();
      this.steps.push({ step, cpuMs: cpuMs(), result: describe(value) });
      return value;
    } catch (error) {
      this.steps.push({ step, cpuMs: cpuMs(), result: String(error) });
      throw error;
    }
  }
}
