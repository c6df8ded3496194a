export type { Death, Killer } from './model/death.ts';
export type {
  ChurnFigures,
  CombinedExhaustion,
  CombinedPart,
  CombinedRequest,
  CpuExhaustion,
  CpuRequest,
  Curve,
  DescriptorExhaustion,
  DescriptorRequest,
  DiskExhaustion,
  DiskRequest,
  ExerciseResult,
  ExhaustionOutcome,
  ExhaustionRequest,
  HeldLevel,
  MemoryExhaustion,
  MemoryProgress,
  MemoryProtection,
  MemoryRefusal,
  MemoryRequest,
  MemoryWorker,
  VictimDeath,
} from './model/exhaustion.ts';
export type { Gauge, GaugeReading } from './model/gauge.ts';
export type { Recovery } from './model/recovery.ts';
export type { Canary, CanaryVerdict, HostReceipt, MachineMemory } from './model/safety.ts';
export type { InsideProcess, InsideView, Keeper, Sandbox, SandboxLimits, Tier } from './model/sandbox.ts';
export type { ChurnOptions, Victim, VictimEnding, VictimReply } from './model/victim.ts';
export type { LeftOut, SandboxOptions } from './sandbox/sandbox-options.ts';
