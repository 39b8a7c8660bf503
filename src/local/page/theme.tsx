import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Icon } from './icons';

const themes = ['auto', 'light', 'dark'] as const;
type Theme = (typeof themes)[number];

const icons = { auto: 'auto', light: 'sun', dark: 'moon' } as const;

/** One button through automatic, light and dark; the choice is kept in this browser. */
export function ThemeButton(): JSX.Element {
  const [theme, setTheme] = useState<Theme>(
    () => themes.find((name) => name === document.documentElement.dataset.theme) ?? 'auto',
  );
  function next(): void {
    const chosen = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'auto';
    document.documentElement.dataset.theme = chosen;
    localStorage.setItem('theme', chosen);
    setTheme(chosen);
  }
  return (
    <button class="plain" onClick={next} title={`Theme: ${theme}`} aria-label={`Theme: ${theme}. Change it`}>
      <Icon name={icons[theme]} />
    </button>
  );
}
