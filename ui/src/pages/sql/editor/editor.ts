import { autocompletion, closeBrackets, closeBracketsKeymap, closeCompletion, completionKeymap, completionStatus } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, toggleComment } from '@codemirror/commands';
import { bracketMatching, indentOnInput } from '@codemirror/language';
import { setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState, Prec } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers, placeholder } from '@codemirror/view';
import type { Schema } from '../../../api/sql.ts';
import { language } from './completion.ts';
import { look } from './look.ts';

export type Editor = {
  text(): string;
  /** What is marked; empty if nothing is. */
  marked(): string;
  set(text: string): void;
  insert(text: string): void;
  setSchema(schema: Schema): void;
  /** Underlines where something is wrong; null takes it away. */
  setFault(fault: { readonly from: number; readonly to: number; readonly message: string } | null): void;
  focus(): void;
  close(): void;
};

type Wishes = {
  readonly text: string;
  readonly onRun: () => void;
  /** Escape, when it closes nothing in the editor. */
  readonly onEscape: () => void;
  readonly onChange: (text: string) => void;
};

/**
 * Typing over what is marked is done here: left to themselves browsers keep the colour of what was there in a style attribute,
 * which the Content-Security-Policy forbids and writes into the console.
 */
const typeOver = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { from, to, empty } = view.state.selection.main;
    const text = event.data;
    if (event.inputType !== 'insertText' || empty || text === null || view.composing) return false;
    event.preventDefault();
    const insert = () => view.state.update({ ...view.state.replaceSelection(text), userEvent: 'input.type', scrollIntoView: true });
    if (!view.state.facet(EditorView.inputHandler).some((handler) => handler(view, from, to, text, insert))) view.dispatch(insert());
    return true;
  },
});

/**
 * The editor, in a shadow of `host`: there its styles are constructed style sheets, which the Content-Security-Policy allows.
 */
export function openEditor(host: HTMLElement, wishes: Wishes): Editor {
  const shadow = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  const languages = new Compartment();
  const keys = Prec.highest(
    keymap.of([
      { key: 'Mod-Enter', run: (view) => (closeCompletion(view), wishes.onRun(), true) },
      { key: 'Escape', run: (view) => (completionStatus(view.state) === 'active' ? false : (wishes.onEscape(), true)) },
      { key: 'Mod-/', run: toggleComment },
    ]),
  );
  const view = new EditorView({
    root: shadow,
    parent: shadow,
    state: EditorState.create({
      doc: wishes.text,
      extensions: [
        keys,
        lineNumbers(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        history(),
        drawSelection(),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        autocompletion({ icons: false, maxRenderedOptions: 60 }),
        // Tab is not bound: it goes on to what comes next, as everywhere on the page. Ctrl ] and Ctrl [ indent.
        keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
        typeOver,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': 'SQL; Escape or Tab leaves the field' }),
        EditorView.updateListener.of((update) => update.docChanged && wishes.onChange(update.state.doc.toString())),
        placeholder('SELECT …'),
        languages.of(language(null)),
        look,
      ],
    }),
  });
  return {
    text: () => view.state.doc.toString(),
    marked: () => view.state.sliceDoc(view.state.selection.main.from, view.state.selection.main.to),
    set(text) {
      if (text !== view.state.doc.toString()) view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, selection: { anchor: text.length } });
    },
    insert(text) {
      view.dispatch(view.state.replaceSelection(text));
      view.focus();
    },
    setSchema: (schema) => view.dispatch({ effects: languages.reconfigure(language(schema)) }),
    setFault(fault) {
      const end = view.state.doc.length;
      const marks = fault === null ? [] : [{ from: Math.min(fault.from, end), to: Math.min(fault.to, end), severity: 'error' as const, message: fault.message }];
      view.dispatch(setDiagnostics(view.state, marks));
    },
    focus: () => view.focus(),
    close: () => view.destroy(),
  };
}
