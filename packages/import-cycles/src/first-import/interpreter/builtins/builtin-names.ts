const NAMES: ReadonlySet<string> = new Set(
  `__build_class__ __debug__ __doc__ __import__ __loader__ __name__ __package__ __spec__ abs all any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile complex copyright credits delattr dict dir divmod
enumerate eval exec exit filter float format frozenset getattr globals hasattr hash help hex id input int isinstance issubclass iter len license list locals map max memoryview min next object oct open ord pow print property quit
range repr reversed round set setattr slice sorted staticmethod str sum super tuple type vars zip Ellipsis NotImplemented`.split(
    /\s+/,
  ),
);

const SINCE: Readonly<Record<string, number>> = { aiter: 10, anext: 10 };

/** Whether Python 3.`minor` has a built-in of this name (exceptions apart). */
export function isBuiltinName(name: string, minor: number): boolean {
  return NAMES.has(name) || (SINCE[name] ?? Infinity) <= minor;
}
