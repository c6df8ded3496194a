import type { SubjectSettings } from '@seaworthy/container-engine';
import type { ContainerLimits } from '@seaworthy/scenario';
import type { ContainerLimitSettings } from '../configuration/configuration.ts';
import type { LoadedConfiguration } from '../configuration/load-configuration.ts';
import { byteSize } from '../options/byte-size.ts';

/** `--subject`, or what the configuration says in its place. */
export type SubjectChoice = NonNullable<SubjectSettings['subject']>;

/** What the configuration says of the subject; the command line wins. */
export function subjectSettings(
  { values, place }: Pick<LoadedConfiguration, 'values' | 'place'>,
  option: SubjectChoice | undefined,
): SubjectSettings {
  const { image, service, subject, imagePython, limits } = values.project ?? {};
  const wanted = option ?? subject;
  return {
    ...(wanted === undefined ? {} : { subject: wanted }),
    ...(image === undefined ? {} : { image }),
    ...(service === undefined ? {} : { service }),
    ...(imagePython === undefined ? {} : { python: imagePython }),
    ...(limits === undefined
      ? {}
      : { limits: containerLimits(limits, (key) => place(['project', 'limits', key])) }),
  };
}

/**
 * Limits as the configuration has them.
 *
 * @param place `file:line` of a key, for messages.
 * @throws UsageError for a size that is none.
 */
function containerLimits(settings: ContainerLimitSettings, place: (key: string) => string): ContainerLimits {
  const { memory, memorySwap, cpus, pids, descriptors, shm, tmpfs, readOnly, init } = settings;
  const bytes = (key: string, text: string | undefined): number | undefined =>
    text === undefined ? undefined : byteSize(`${place(key)}: project.limits.${key}`, text);
  const limits = {
    memoryBytes: bytes('memory', memory),
    memorySwapBytes: bytes('memorySwap', memorySwap),
    cpus,
    pids,
    ulimits:
      descriptors === undefined ? undefined : [{ name: 'nofile', soft: descriptors, hard: descriptors }],
    shmBytes: bytes('shm', shm),
    tmpfs:
      tmpfs === undefined
        ? undefined
        : Object.entries(tmpfs).map(([path, size]) => ({
            path,
            bytes: byteSize(`${place('tmpfs')}: project.limits.tmpfs`, size),
          })),
    readOnlyRoot: readOnly,
    init,
  };
  return Object.fromEntries(
    Object.entries(limits).filter(([, value]) => value !== undefined),
  ) as ContainerLimits;
}
