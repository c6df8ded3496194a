/** Passes events on, and keeps what the listener throws from being blamed on the scenario that raised the event. */
export class EventRelay<Event> {
  readonly #listener: (event: Event) => void;
  #failure: { readonly error: unknown } | undefined;

  constructor(listener: (event: Event) => void) {
    this.#listener = listener;
  }

  emit(event: Event): void {
    try {
      this.#listener(event);
    } catch (error) {
      this.#failure ??= { error };
    }
  }

  /** @throws what the listener threw. */
  demandHealthy(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }
}
