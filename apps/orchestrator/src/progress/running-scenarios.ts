import type { RunEvent } from '@seaworthy/scenario';
import { formatDuration, printable } from '@seaworthy/reports';

/** What runs right now, and for how long. */
export class RunningScenarios {
  readonly #running = new Map<string, { readonly since: number; message: string }>();
  readonly #total: number;
  readonly #now: () => Date;
  #finished = 0;

  constructor(total: number, now: () => Date) {
    this.#total = total;
    this.#now = now;
  }

  follow(event: RunEvent): void {
    switch (event.kind) {
      case 'started':
        this.#running.set(event.id, { since: this.#now().getTime(), message: '' });
        return;
      case 'progress': {
        const scenario = this.#running.get(event.id);
        if (scenario !== undefined) scenario.message = event.message;
        return;
      }
      case 'finished':
        this.#running.delete(event.result.id);
        this.#finished += 1;
    }
  }

  /** A line for each, without line feeds. */
  lines(): readonly string[] {
    const now = this.#now().getTime();
    return [...this.#running].map(([id, { since, message }]) => {
      const said = message === '' ? '' : `: ${printable(message)}`;
      const seconds = formatDuration(Math.max(0, Math.round((now - since) / 1000)) * 1000);
      return `${String(this.#finished)}/${String(this.#total)} ${printable(id)} running for ${seconds}${said}`;
    });
  }
}
