import { render } from 'preact';
import './app/theme.ts';
import { pageAt } from './app/pages.ts';
import { Shell } from './app/Shell.tsx';

// On its way while the shell is drawn.
void pageAt(location.pathname).load();

const root = document.getElementById('app');
if (root) render(<Shell />, root);
