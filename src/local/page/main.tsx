import { render } from 'preact';
import { App } from './app';
import { change } from './model';
import { panesInAddress } from './panes';
import { connect } from './stream';

const panes = panesInAddress(location.search);
change({ panes, front: panes[0] ?? null });
addEventListener('popstate', () => change({ panes: panesInAddress(location.search) }));
void connect();

const place = document.getElementById('app');
if (place) render(<App />, place);
