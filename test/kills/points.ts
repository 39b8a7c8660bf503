const commitOf = (what: string) => [`before commit of ${what}`, `after commit of ${what}`] as const;

/** One write of Graph, from the decision to send it to the proof that it took effect. */
function pointsOfWrite(number: 1 | 2): readonly string[] {
  return [
    ...commitOf(`intent ${number}`),
    `before write ${number}`,
    `effect of write ${number}`,
    `after write ${number}`,
    ...commitOf(`result ${number} written`),
    `before look after result ${number} written`,
    ...commitOf(`result ${number} verified`),
  ];
}

/**
 * Where a process is struck on the way of a plan of two writes, in two tenants: from the wish to the last card. A commit
 * is named by what it stores: the audit event with it, or its first table. `strike.mjs` knows these names, but for the
 * effects: those are struck from the simulator's side, with Graph's answer not yet sent.
 */
export const strikePoints: readonly string[] = [
  ...commitOf('plans'),
  'before post',
  'after post',
  ...commitOf('presses'),
  ...commitOf('submitted'),
  ...commitOf('presses update'),
  ...commitOf('approval 1'),
  ...commitOf('approval 2'),
  ...commitOf('claimed'),
  'before look after claimed',
  ...pointsOfWrite(1),
  ...pointsOfWrite(2),
  ...commitOf('ended'),
  'before update',
];

/** The number of the write whose effect is the point; undefined for all points that the process itself passes. */
export function effectOf(point: string): number | undefined {
  const found = /^effect of write (\d)$/.exec(point);
  return found ? Number(found[1]) : undefined;
}
