/** What python/look_around.py answers. */
export interface Answer {
  readonly machine: {
    /** Text of `/proc/self/limits`. */
    readonly limits?: string;
    readonly mountinfo?: string;
    /** The first 8 KiB. */
    readonly cpuinfo?: string;
    /** The first 4 KiB of the interpreter, Base64. */
    readonly program?: string;
    readonly processors: number;
    readonly sharedMemoryBytes?: number;
    readonly statMicroseconds: readonly number[];
    readonly spawnMs?: number;
  };
  readonly real: Readonly<Record<string, string>>;
  readonly unwritable: readonly string[];
  readonly exist: readonly string[];
  readonly listings: Readonly<
    Record<string, { readonly folders: readonly string[]; readonly others: readonly string[] }>
  >;
  readonly texts: Readonly<Record<string, string>>;
}

export interface Question {
  readonly python: string;
  readonly shm: string;
  readonly stat: readonly string[];
  readonly many: number;
  readonly real: readonly string[];
  readonly writable: readonly string[];
  readonly exist: readonly string[];
  readonly list: readonly string[];
  readonly walk: readonly string[];
  readonly skip: readonly string[];
  readonly texts: readonly string[];
}
