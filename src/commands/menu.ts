import type { CommandDefinition } from './definition';

/** A row of the command menu of Teams: `title` is what is typed when it is picked. */
export interface MenuEntry {
  readonly title: string;
  readonly description: string;
}

/** What the menu shows, in this order: a way into every part of the guide. Teams shows ten at most (teams A8). */
const menuNames: readonly string[] = [
  'help',
  'whoami',
  'connect',
  'check',
  'policy',
  'setup',
  'status',
  'verify',
  'pending',
  'history',
];

const mostEntries = 10;
const longestTitle = 32;
const longestDescription = 128;

/** The menu, in the words of the commands themselves. @throws RangeError for what Teams would not show */
export function commandMenu(commands: readonly CommandDefinition[]): readonly MenuEntry[] {
  if (menuNames.length > mostEntries) throw new RangeError(`the menu has more than ${mostEntries} entries`);
  return menuNames.map((title) => {
    const description = commands.find(({ name }) => name === title)?.summary;
    if (description === undefined) throw new RangeError(`the menu names ${title}, which is no command`);
    const isTooLong = title.length > longestTitle || description.length > longestDescription;
    if (isTooLong) throw new RangeError(`the menu entry ${title} is too long for Teams`);
    return { title, description };
  });
}
