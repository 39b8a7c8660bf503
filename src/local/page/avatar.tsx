import type { JSX } from 'preact';

const hues = 8;

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  return `${words[0]?.[0] ?? '?'}${words.length > 1 ? (words.at(-1)?.[0] ?? '') : ''}`.toUpperCase();
}

function hueOf(name: string): number {
  return [...name].reduce((sum, letter) => (sum * 131 + (letter.codePointAt(0) ?? 0)) % 65_521, 11) % hues;
}

interface AvatarProps {
  readonly name: string;
  readonly size?: 'small' | 'large';
}

/** Initials on a colour that belongs to the name. */
export function Avatar({ name, size = 'small' }: AvatarProps): JSX.Element {
  return (
    <span class={`avatar ${size} hue-${hueOf(name)}`} aria-hidden="true">
      {initials(name)}
    </span>
  );
}

/** The bot: a square instead of a circle, as Teams draws apps. */
export function BotAvatar({ size = 'small' }: { readonly size?: 'small' | 'large' }): JSX.Element {
  return <img class={`avatar bot ${size}`} src="/page/icon.svg" alt="" />;
}
