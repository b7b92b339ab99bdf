import { defineConfig } from 'vite';

// `lodge`'s API while developing: LODGE=http://127.0.0.1:8080 npm run dev
const lodge = process.env['LODGE'] ?? 'http://127.0.0.1:8080';

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: process.env['LODGE_UI_OUT'] ?? 'target/ui',
    emptyOutDir: true,
    target: 'es2022',
    // light-dark() stays as it is.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // The Content-Security-Policy allows files of our own and nothing inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    cssCodeSplit: true,
    reportCompressedSize: false,
  },
  // Lodge answers no page of another origin: it is told that this one is its own.
  server: { proxy: { '/api': { target: lodge, headers: { origin: lodge } }, '/readyz': lodge } },
});
