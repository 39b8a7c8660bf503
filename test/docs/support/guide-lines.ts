/** One line that docs/guide.md tells somebody to type. */
export interface GuideCommand {
  /** Number of the step whose chapter it stands in; null outside the five steps. */
  readonly step: number | null;
  /** Lines of one box belong together: between two boxes a cycle passes. */
  readonly box: number;
  readonly who: 'operator' | 'administrator' | 'target';
  readonly where: 'personal' | 'channel';
  /** As it stands in the text, with its placeholders. */
  readonly typed: string;
  /** With the names of the simulated tenants in place of the placeholders. */
  readonly line: string;
}

/** The text may not name the simulated people and tenants, so it has placeholders. */
const placeholders: readonly (readonly [RegExp, string])[] = [
  [/\buser@alpha\.example/g, 'eve@contoso.com'],
  [/\bcolleague@alpha\.example/g, 'twophones@contoso.com'],
  [/alpha\.example/g, 'contoso.com'],
  [/\balpha\b/g, 'con'],
  [/\bbeta\b/g, 'fab'],
];

/** Every line of the boxes marked `text <who>`, with `channel` for those typed there, in the order of the text. */
export function guideCommands(text: string): readonly GuideCommand[] {
  const found: GuideCommand[] = [];
  let step: number | null = null;
  let fence: Pick<GuideCommand, 'who' | 'where' | 'box'> | null = null;
  let box = 0;
  for (const row of text.split('\n')) {
    const heading = /^## (?:Step (\d))?/.exec(row);
    if (heading) step = heading[1] ? Number(heading[1]) : null;
    const opened = /^```text (operator|administrator|target)( channel)?$/.exec(row);
    if (opened) {
      fence = {
        who: opened[1] as GuideCommand['who'],
        where: opened[2] ? 'channel' : 'personal',
        box: (box += 1),
      };
    } else if (row.startsWith('```')) fence = null;
    else if (fence && row.trim() !== '') found.push({ step, ...fence, typed: row, line: played(row) });
  }
  return found;
}

function played(typed: string): string {
  return placeholders.reduce((line, [pattern, name]) => line.replace(pattern, name), typed);
}
