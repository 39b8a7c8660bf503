import { commands } from '../../../src/commands';
import { lineMaker } from '../../commands/support/good-lines';

const names = { source: 'con', target: 'fab' };

/** Good lines that only look: of each command that changes something, its preview. */
export const lookingLines: readonly string[] = [
  ...new Set(
    commands.flatMap((command) => {
      const lines = [lineMaker(command, commands)(), ...command.examples(names)];
      return command.tier === 'R' ? lines : lines.map((line) => `plan ${line}`);
    }),
  ),
];

/** Good lines of every command there is: what bad input has to get past. */
export const everyLine: readonly string[] = [
  ...new Set([
    ...lookingLines,
    ...commands.flatMap((command) => [lineMaker(command, commands)(), ...command.examples(names)]),
  ]),
];
