/** What a value read from JSON must look like; the type parameter ties it to the interface that it describes. */
export type Shape<Value> = {
  /** What is wrong with a value, by the first place where it is; `undefined` where nothing is. */
  readonly trouble: (value: unknown, place: string) => string | undefined;
  /** The same value with its keys in the order of the shape, keys that it does not know last. */
  readonly ordered: (value: Value) => unknown;
};

/** A member that may be missing. */
export type MaybeShape<Value> = { readonly maybe: Shape<Value> };

/** Every key of an interface: required ones with a shape, optional ones with {@link maybe}. */
export type Members<Value> = {
  readonly [Key in keyof Value]-?: object extends Pick<Value, Key>
    ? MaybeShape<Exclude<Value[Key], undefined>>
    : Shape<Value[Key]>;
};

export const text: Shape<string> = primitive('a text', (value) => typeof value === 'string');
export const flag: Shape<boolean> = primitive('true or false', (value) => typeof value === 'boolean');
export const figure: Shape<number> = primitive('a number', (value) => typeof value === 'number');

export function maybe<Value>(shape: Shape<Value>): MaybeShape<Value> {
  return { maybe: shape };
}

/** One of a few texts or numbers. */
export function choice<Value extends string | number>(...values: readonly Value[]): Shape<Value> {
  const names = values.map((value) => JSON.stringify(value)).join(', ');
  return primitive(values.length === 1 ? names : `one of ${names}`, (value) =>
    values.includes(value as Value),
  );
}

export function list<Value>(of: Shape<Value>): Shape<readonly Value[]> {
  return {
    trouble: (value, place) => {
      if (!Array.isArray(value)) return unexpected(place, 'a list', value);
      for (const [at, entry] of value.entries()) {
        const trouble = of.trouble(entry, `${place}[${at}]`);
        if (trouble !== undefined) return trouble;
      }
      return undefined;
    },
    ordered: (value) => value.map((entry) => of.ordered(entry)),
  };
}

/** An object; keys that it does not name are left alone, so that a later version may add some. */
export function record<Value extends object>(members: Members<Value>): Shape<Value> {
  const entries = Object.entries<Shape<never> | MaybeShape<never>>(members).map(([key, member]) =>
    'maybe' in member
      ? { key, shape: member.maybe, required: false }
      : { key, shape: member, required: true },
  );
  return {
    trouble: (value, place) => {
      if (!isObject(value)) return unexpected(place, 'an object', value);
      for (const { key, shape, required } of entries) {
        const below = place === '' ? key : `${place}.${key}`;
        const trouble =
          value[key] !== undefined
            ? shape.trouble(value[key], below)
            : required
              ? `${below} is missing`
              : undefined;
        if (trouble !== undefined) return trouble;
      }
      return undefined;
    },
    ordered: (value) => {
      const given = value as Readonly<Record<string, never>>;
      const known = entries
        .filter(({ key }) => given[key] !== undefined)
        .map(({ key, shape }) => [key, shape.ordered(given[key]!)]);
      const names = new Set(entries.map(({ key }) => key));
      return Object.fromEntries([...known, ...Object.entries(given).filter(([key]) => !names.has(key))]);
    },
  };
}

/** One of several objects, told apart by their `kind`. */
export function kinds<Value extends { readonly kind: string }>(shapes: {
  readonly [Kind in Value['kind']]: Shape<Extract<Value, { kind: Kind }>>;
}): Shape<Value> {
  const of = (value: { readonly kind: string }): Shape<never> =>
    shapes[value.kind as Value['kind']] as Shape<never>;
  const kind = choice(...Object.keys(shapes));
  return {
    trouble: (value, place) => {
      if (!isObject(value)) return unexpected(place, 'an object', value);
      return kind.trouble(value['kind'], `${place}.kind`) ?? of(value as never).trouble(value, place);
    },
    ordered: (value) => of(value).ordered(value as never),
  };
}

/** A shape that holds itself. */
export function recursive<Value>(make: (self: Shape<Value>) => Shape<Value>): Shape<Value> {
  const self: Shape<Value> = {
    trouble: (value, place) => made.trouble(value, place),
    ordered: (value) => made.ordered(value),
  };
  const made = make(self);
  return self;
}

function primitive<Value>(expected: string, fits: (value: unknown) => boolean): Shape<Value> {
  return {
    trouble: (value, place) => (fits(value) ? undefined : unexpected(place, expected, value)),
    ordered: (value) => value,
  };
}

function unexpected(place: string, expected: string, value: unknown): string {
  const got =
    value === null
      ? 'null'
      : Array.isArray(value)
        ? 'a list'
        : typeof value === 'object'
          ? 'an object'
          : JSON.stringify(value);
  const short = (got ?? 'nothing').slice(0, 60);
  return `${place === '' ? 'it' : place} should be ${expected}, not ${short}`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
