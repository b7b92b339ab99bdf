import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { keywordCompletionSource, schemaCompletionSource, type SQLNamespace } from '@codemirror/lang-sql';
import type { Extension } from '@codemirror/state';
import type { Schema } from '../../../api/sql.ts';
import { clickHouse, keywordsOnly, TYPES } from './dialect.ts';

/** Colours, and completion of keywords, functions, types, databases, tables and columns. */
export function language(schema: Schema | null): Extension {
  const dialect = clickHouse(schema?.functions ?? [], schema?.keywords ?? []);
  const offered = [keywordCompletionSource(keywordsOnly(schema?.keywords ?? []), true)];
  if (schema !== null) {
    const options = [...functionOptions(schema), ...TYPES.map((label) => ({ label, type: 'type', boost: -2 }))];
    offered.push(
      schemaCompletionSource({ dialect, schema: namespaces(schema) }),
      (context) => words(context, options),
      (context) => columnsOfNamed(context, schema),
    );
  }
  return [dialect.language, offered.map((autocomplete) => dialect.language.data.of({ autocomplete }))];
}

function namespaces(schema: Schema | null): SQLNamespace {
  const databases: Record<string, Record<string, readonly Completion[]>> = {};
  for (const { database, name, columns } of schema?.tables ?? []) {
    const tables = (databases[database] ??= {});
    tables[name] = columns.map((column) => ({ label: column.name, type: 'property', detail: column.type, ...(column.comment ? { info: column.comment } : {}) }));
  }
  return databases;
}

const functionOptions = (schema: Schema): readonly Completion[] => schema.functions.map((name) => ({ label: name, type: 'function', apply: `${name}(`, boost: -1 }));

const WORD = /[A-Za-z_]\w*/;

/** Functions are offered from the second letter: there are more than a thousand. */
function words(context: CompletionContext, options: readonly Completion[]): CompletionResult | null {
  const word = context.matchBefore(WORD);
  if (word === null || (word.text.length < 2 && !context.explicit) || context.state.sliceDoc(word.from - 1, word.from) === '.') return null;
  return { from: word.from, options, validFor: /^\w*$/ };
}

/** Columns of the tables that the statement names, wherever the caret is; of all while it names none, as SELECT is typed before FROM. */
function columnsOfNamed(context: CompletionContext, schema: Schema): CompletionResult | null {
  const word = context.matchBefore(WORD);
  if ((word === null && !context.explicit) || context.state.sliceDoc((word?.from ?? context.pos) - 1, word?.from ?? context.pos) === '.') return null;
  const text = context.state.doc.toString();
  const named = schema.tables.filter(({ database, name }) => new RegExp(`\\b(?:${database}\\.)?${name}\\b`).test(text));
  const seen = new Set<string>();
  const options = (named.length > 0 ? named : schema.tables).flatMap(({ name: table, columns }) =>
    columns.flatMap(({ name, type }): readonly Completion[] => {
      if (seen.has(name)) return [];
      seen.add(name);
      return [{ label: name, type: 'property', detail: `${type} · ${table}`, boost: 2 }];
    }),
  );
  return options.length === 0 ? null : { from: word?.from ?? context.pos, options, validFor: /^\w*$/ };
}
