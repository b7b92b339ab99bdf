import { useEffect } from 'preact/hooks';
import { keysGiven } from '../../api/key.ts';
import { useKeys } from '../../app/keys.ts';
import { setParams } from '../../app/router.ts';
import { EditorPane } from './EditorPane.tsx';
import { Result } from './Result.tsx';
import { cancel } from './run.ts';
import { SchemaTree } from './SchemaTree.tsx';
import { draft, drawn, edit, editor, linked, runEditor, schema, schemaShown, start } from './state.ts';
import { SqlBar } from './SqlBar.tsx';
import './sql.css';

/** Asks ClickHouse directly: with the reader's rights and limits. */
export default function SqlPage() {
  useEffect(() => void schema.ask({}), [keysGiven.value]);
  useEffect(() => {
    if (linked.value === '') return;
    draft.value = linked.value;
    editor.value?.set(linked.value);
    void start(linked.value);
  }, [linked.value, keysGiven.value]);
  useEffect(() => cancel, []);
  const group = 'SQL';
  useKeys([
    { key: 'Mod+Enter', does: 'Run', group, inFields: true, run: runEditor },
    { key: 'Escape', does: 'Cancel what runs, or leave the editor', group, run: cancel },
    { key: '/', does: 'To the editor', group, run: () => edit(editor.value?.text() ?? '') },
    { key: 'v', does: 'Table or chart', group, run: () => setParams({ show: drawn.value ? null : 'chart' }, 'replace') },
    { key: 'f', does: 'Show or hide the tables', group, run: () => (schemaShown.value = !schemaShown.value) },
  ]);
  return (
    <div class="sql">
      {schemaShown.value && <SchemaTree />}
      <section class="sql-main" aria-label="SQL">
        <EditorPane />
        <SqlBar />
        <Result />
      </section>
    </div>
  );
}
