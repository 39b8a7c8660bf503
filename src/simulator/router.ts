import type { Method, Route } from './route';

interface Compiled {
  readonly route: Route;
  readonly segments: readonly RegExp[];
  readonly names: readonly string[];
  readonly parameters: number;
}

export interface Found {
  readonly route: Route;
  readonly parameters: Record<string, string>;
}

const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function compile(route: Route): Compiled {
  const names: string[] = [];
  const segments = route.path.split('/').map((segment) => {
    const parts = segment.split(/\{(\w+)\}/);
    const source = parts.map((part, index) => {
      if (index % 2 === 0) return escape(part);
      names.push(part);
      return '([^/]+)';
    });
    return new RegExp(`^${source.join('')}$`, 'i');
  });
  return { route, segments, names, parameters: names.length };
}

/** Finds routes by method and path; literal segments win over parameters. */
export class Router {
  private readonly routes: readonly Compiled[];

  constructor(routes: readonly Route[]) {
    this.routes = routes.map(compile).sort((left, right) => left.parameters - right.parameters);
  }

  /** The route of a decoded path, or null. */
  find(method: string, path: string): Found | null {
    for (const compiled of this.routes) {
      if (compiled.route.method !== method) continue;
      const values = matchPath(compiled, path);
      if (!values) continue;
      return {
        route: compiled.route,
        parameters: Object.fromEntries(compiled.names.map((name, index) => [name, values[index] ?? ''])),
      };
    }
    return null;
  }

  /** Methods that this path knows. */
  methods(path: string): Method[] {
    return this.routes.filter((compiled) => matchPath(compiled, path)).map(({ route }) => route.method);
  }
}

function matchPath({ segments }: Compiled, path: string): string[] | null {
  const parts = path.split('/');
  if (parts.length !== segments.length) return null;
  const values: string[] = [];
  for (const [index, part] of parts.entries()) {
    const match = segments[index]?.exec(part);
    if (!match) return null;
    values.push(...match.slice(1));
  }
  return values;
}
