/** A copy that a record can hold: what is `undefined` is not there, and a number that JSON does not know is `null`. */
export function plain<Value>(value: Value): Value {
  return JSON.parse(
    JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'bigint' ? Number(inner) : inner)),
  ) as Value;
}
