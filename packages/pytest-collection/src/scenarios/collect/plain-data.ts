/**
 * Data as it reads from a record: what is undefined is left out, and paths below `root`, which may be another folder in
 * each run, are relative to it, wherever they stand in a text.
 *
 * @param root absolute
 */
export function plainData<Data>(data: Data, root: string): Data {
  const text = JSON.stringify(data, (_, value: unknown) =>
    typeof value === 'string' ? value.replaceAll(`${root}/`, '') : value,
  );
  return JSON.parse(text) as Data;
}
