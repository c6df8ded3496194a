import { z } from 'zod';
import type { Configuration } from './configuration.ts';

const paths = z.array(z.string().min(1)).readonly();
const glob = paths;

const span = z
  .string()
  .regex(/^\d+(\.\d+)?\s*(ms|s|m|min|h)?$/, 'Invalid span of time: expected one such as "90s" or "5m"');

export const configurationSchema: z.ZodType<Configuration> = z.strictObject({
  project: z
    .strictObject({
      python: z.string().min(1),
      roots: paths,
      exclude: glob,
    })
    .partial()
    .exactOptional(),
  imports: z
    .strictObject({
      roots: paths,
      exclude: glob,
      baseline: z.string().min(1),
      verify: z.boolean(),
      maxCycles: z.int().nonnegative(),
      maxLength: z.int().positive(),
    })
    .partial()
    .exactOptional(),
  collection: z
    .strictObject({
      args: z.array(z.string()).readonly(),
      timeout: span,
      scale: z.number().min(0.01).max(10),
    })
    .partial()
    .exactOptional(),
  scenarios: z
    .record(
      z.string(),
      z
        .strictObject({
          enabled: z.boolean(),
          required: z.boolean(),
          limits: z.record(z.string(), z.number()),
        })
        .partial(),
    )
    .exactOptional(),
  deadline: span.exactOptional(),
}) as z.ZodType<Configuration>;

/** The keys that are allowed at a place, to find the one that was meant. */
export const KEYS: Readonly<Record<string, readonly string[]>> = {
  '': ['project', 'imports', 'collection', 'scenarios', 'deadline'],
  project: ['python', 'roots', 'exclude'],
  imports: ['roots', 'exclude', 'baseline', 'verify', 'maxCycles', 'maxLength'],
  collection: ['args', 'timeout', 'scale'],
  scenarios: ['enabled', 'required', 'limits'],
};
