import { detailRun, type FindCause } from './cause-input.ts';
import { requestedWorkers } from './requested-workers.ts';

/** `-n auto` counts the CPUs of the machine and knows nothing of a container's quota. */
export const workersExceedCpus: FindCause = ({ runs, machine }) => {
  const pytest = detailRun(runs)?.recording.pytest;
  const quota = machine?.cpus.quota;
  if (pytest === undefined || machine === undefined || quota === undefined) return [];
  const asked = requestedWorkers(pytest);
  if (asked !== 'auto' && asked !== 'logical') return [];
  const { visible } = machine.cpus;
  const right = Math.max(1, Math.ceil(quota));
  if (visible <= right) return [];
  return [
    {
      id: 'workers-exceed-cpus',
      message: `-n ${asked} starts ${visible} workers, and the CPU quota is ${Number(quota.toFixed(2))} CPUs`,
      certainty: 'likely',
      evidence: [
        `CPUs that programs see: ${visible}`,
        `quota of the control group: ${Number(quota.toFixed(2))}`,
      ],
      fix: `set PYTEST_XDIST_AUTO_NUM_WORKERS=${right}`,
    },
  ];
};
