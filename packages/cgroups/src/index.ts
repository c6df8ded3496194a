export type { Cgroup, Controller } from './model/cgroup.ts';
export type { CpuFigures, MemoryFigures, MemoryKills, PidFigures } from './model/figures.ts';
export type { CgroupLimits, EffectiveLimit, EffectiveLimits } from './model/limits.ts';
