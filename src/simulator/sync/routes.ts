import type { Route } from '../route';

export const syncRoutes: readonly Route[] = [];
