import { commands } from '../../../src/commands';
import { lineMaker } from '../../commands/support/good-lines';

const names = { source: 'con', target: 'fab' };

/** Lines that are good for each command there is, and its previews: what bad input has to get past. */
export const everyLine: readonly string[] = [
  ...new Set(
    commands.flatMap((command) => {
      const line = lineMaker(command, commands)();
      const preview = command.tier === 'R' ? [] : [`plan ${line}`];
      return [line, ...preview, ...command.examples(names)];
    }),
  ),
];
