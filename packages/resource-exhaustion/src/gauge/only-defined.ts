type Defined<Row> = { [Key in keyof Row]?: Exclude<Row[Key], undefined> };

/** Without the properties that are `undefined`: what is not known is absent. */
export function onlyDefined<Row extends object>(row: Row): Defined<Row> {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as Defined<Row>;
}
