import { styleText } from 'node:util';

type Painter = (text: string, color: boolean) => string;

function painter(style: Parameters<typeof styleText>[0]): Painter {
  return (text, color) => (color ? styleText(style, text, { validateStream: false }) : text);
}

export const bold: Painter = painter('bold');
export const dim: Painter = painter('dim');
export const green: Painter = painter('green');
export const yellow: Painter = painter('yellow');
export const red: Painter = painter('red');
