import { useEffect, useRef, useState } from 'preact/hooks';
import { Skeleton } from '../../parts/states.tsx';
import { clamp } from '../../parts/window.ts';
import { errorPosition } from './error-position.ts';
import { cancel, run } from './run.ts';
import { draft, editor, editorHeight, runEditor, schema } from './state.ts';

const HEIGHT_MIN = 80;

/** Escape in the editor: kills what runs, else leaves, so that the page's keys work. */
function escape(): void {
  if (run.value?.state === 'running') cancel();
  else document.querySelector<HTMLElement>('.sql-bar .run')?.focus();
}

/** The editor, whose code is loaded when it is first needed, and the edge that makes it higher. */
export function EditorPane() {
  const host = useRef<HTMLDivElement>(null);
  const [failed, setFailed] = useState('');
  useEffect(() => {
    let gone = false;
    import('./editor/editor.ts').then(
      ({ openEditor }) => {
        if (gone || !host.current) return;
        editor.value = openEditor(host.current, { text: draft.value, onRun: runEditor, onEscape: escape, onChange: (text) => (draft.value = text) });
        editor.value.focus();
      },
      (cause: unknown) => setFailed(`cannot load the editor: ${String(cause)}; load the page again`),
    );
    return () => {
      gone = true;
      editor.value?.close();
      editor.value = null;
    };
  }, []);
  const { answer } = schema.state.value;
  useEffect(() => {
    if (answer) editor.value?.setSchema(answer.data);
  }, [answer, editor.value]);
  const fault = run.value?.fault ?? null;
  useEffect(() => {
    const text = editor.value?.text() ?? '';
    const ran = run.value?.sql ?? '';
    // What was run may be a marked part of the text.
    const shift = text.indexOf(ran);
    const at = fault === null || shift < 0 ? null : errorPosition(ran, fault.message);
    editor.value?.setFault(at && { from: at.from + shift, to: at.to + shift, message: fault?.message ?? '' });
  }, [fault, editor.value]);
  return (
    <div class="editor" style={{ height: `${editorHeight.value}px` }}>
      <div class="host" ref={host} />
      {editor.value === null && (failed === '' ? <Skeleton rows={6} /> : <p class="wrong note">{failed}</p>)}
      <HeightEdge />
    </div>
  );
}

function HeightEdge() {
  const set = (height: number): void => void (editorHeight.value = clamp(Math.round(height), HEIGHT_MIN, innerHeight * 0.7));
  const drag = (down: PointerEvent): void => {
    const edge = down.currentTarget as HTMLElement;
    const before = editorHeight.value;
    edge.setPointerCapture(down.pointerId);
    const move = (event: PointerEvent): void => set(before + event.clientY - down.clientY);
    edge.addEventListener('pointermove', move);
    edge.addEventListener('lostpointercapture', () => edge.removeEventListener('pointermove', move), { once: true });
  };
  return (
    <i
      class="height-edge"
      role="separator"
      aria-orientation="horizontal"
      aria-label="Height of the editor"
      aria-valuenow={editorHeight.value}
      tabIndex={0}
      onPointerDown={drag}
      onKeyDown={(event) => {
        const by = { ArrowUp: -20, ArrowDown: 20 }[event.key];
        if (by === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        set(editorHeight.value + by);
      }}
    />
  );
}
