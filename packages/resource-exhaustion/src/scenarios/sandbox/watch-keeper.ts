import type { Keeper } from '../../model/sandbox.ts';

/** Tells whether the first process of a sandbox lives, by asking it. */
export function watchKeeper(keeper: Keeper): { isAlive(): Promise<boolean> } {
  let ended = false;
  void keeper.ended.then(
    () => (ended = true),
    () => (ended = true),
  );
  return {
    isAlive: async () => {
      try {
        await keeper.inside.ping();
      } catch {
        return false;
      }
      return !ended;
    },
  };
}
