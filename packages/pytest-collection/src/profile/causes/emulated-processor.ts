import type { FindCause } from './cause-input.ts';

/** The image was built for another processor: everything takes several times as long. */
export const emulatedProcessor: FindCause = ({ machine }) =>
  machine?.emulation === undefined
    ? []
    : [
        {
          id: 'emulated-processor',
          message: `the interpreter runs on an emulated processor: ${machine.emulation}`,
          certainty: 'likely',
          evidence: [machine.emulation],
          fix: 'build or pull the image for the processor of this machine (`docker build --platform`), and drop `platform:` from the compose file',
        },
      ];
