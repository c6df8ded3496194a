/** The defaults of a scenario's limits, as the runner would resolve them. */
export function defaultsOf<Name extends string>(
  specs: Readonly<Record<Name, { readonly default: number }>>,
): Record<Name, number> {
  return Object.fromEntries(
    Object.entries<{ readonly default: number }>(specs).map(([name, spec]) => [name, spec.default]),
  ) as Record<Name, number>;
}
