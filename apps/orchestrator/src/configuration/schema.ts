import { z } from 'zod';
import type { Configuration } from './configuration.ts';

const paths = z.array(z.string().min(1)).readonly();
const glob = paths;

const span = z
  .string()
  .regex(/^\d+(\.\d+)?\s*(ms|s|m|min|h)?$/, 'Invalid span of time: expected one such as "90s" or "5m"');

const size = z
  .string()
  .regex(/^\d+(\.\d+)?\s*([kmg](i?b)?|b)?$/i, 'Invalid size: expected one such as "512m" or "1.5g"');

export const configurationSchema: z.ZodType<Configuration> = z.strictObject({
  project: z
    .strictObject({
      python: z.string().min(1),
      roots: paths,
      exclude: glob,
      image: z.string().min(1),
      service: z.string().min(1),
      subject: z.enum(['auto', 'image', 'host']),
      imagePython: z.string().min(1),
      composeFiles: paths,
      limits: z
        .strictObject({
          memory: size,
          memorySwap: size,
          cpus: z.number().positive(),
          pids: z.int().positive(),
          descriptors: z.int().positive(),
          shm: size,
          tmpfs: z.record(z.string().startsWith('/'), size),
          readOnly: z.boolean(),
          init: z.boolean(),
        })
        .partial(),
    })
    .partial()
    .exactOptional(),
  exhaustion: z
    .strictObject({
      tier: z.enum(['container', 'cgroup-v2', 'cgroup-v1', 'rlimit', 'self-limited']),
      memory: size,
      cpus: z.number().positive(),
      descriptors: z.int().positive(),
      disk: size,
      keepFree: size,
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
  '': ['project', 'exhaustion', 'imports', 'collection', 'scenarios', 'deadline'],
  project: [
    'python',
    'roots',
    'exclude',
    'image',
    'service',
    'subject',
    'imagePython',
    'composeFiles',
    'limits',
  ],
  'project.limits': [
    'memory',
    'memorySwap',
    'cpus',
    'pids',
    'descriptors',
    'shm',
    'tmpfs',
    'readOnly',
    'init',
  ],
  exhaustion: ['tier', 'memory', 'cpus', 'descriptors', 'disk', 'keepFree'],
  imports: ['roots', 'exclude', 'baseline', 'verify', 'maxCycles', 'maxLength'],
  collection: ['args', 'timeout', 'scale'],
  scenarios: ['enabled', 'required', 'limits'],
};
