/** Remembers the values asked for last, so that a large project does not stay in memory as a whole. */
export class BoundedCache<Key, Value> {
  readonly #values = new Map<Key, Value>();
  readonly #capacity: number;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** The value of a key; made where it is not remembered. */
  get(key: Key, make: () => Value): Value {
    let value: Value;
    if (this.#values.has(key)) {
      value = this.#values.get(key)!;
      this.#values.delete(key);
    } else {
      value = make();
    }
    this.#values.set(key, value);
    if (this.#values.size > this.#capacity) this.#values.delete(this.#values.keys().next().value!);
    return value;
  }
}
