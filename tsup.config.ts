import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'tsup';

/**
 * One configuration for every package. A package's entries are the `@seaworthy/source` paths in its own exports, and
 * the programs it starts as processes of their own (`"programs"` in its package.json).
 */
interface Manifest {
  exports: Record<string, string | { '@seaworthy/source'?: string }>;
  programs?: string[];
}

const manifest = JSON.parse(readFileSync(join(process.cwd(), 'package.json'), 'utf8')) as Manifest;
const sources = Object.values(manifest.exports).flatMap((target) =>
  typeof target === 'object' && target['@seaworthy/source'] !== undefined
    ? [target['@seaworthy/source']]
    : [],
);
const programs = manifest.programs ?? [];
const named = (paths: string[]) =>
  Object.fromEntries(paths.map((path) => [path.replace(/^\.\/src\//, '').replace(/\.ts$/, ''), path]));

export default defineConfig({
  entry: named([...sources, ...programs]),
  format: 'esm',
  target: 'node24',
  platform: 'node',
  clean: true,
  splitting: true,
  sourcemap: false,
  dts: { entry: named(sources) },
  tsconfig: 'tsconfig.lib.json',
});
