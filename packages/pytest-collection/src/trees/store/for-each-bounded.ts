/** Runs an action on every item, at most `limit` at a time. Rejects with the first failure, when all that was begun has ended. */
export async function forEachBounded<Item>(
  items: Iterable<Item>,
  limit: number,
  action: (item: Item) => Promise<void>,
): Promise<void> {
  const rest = items[Symbol.iterator]();
  const work = async (): Promise<void> => {
    for (let next = rest.next(); next.done !== true; next = rest.next()) await action(next.value);
  };
  const results = await Promise.allSettled(Array.from({ length: limit }, work));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
