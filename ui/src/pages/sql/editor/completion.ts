import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { sql, type SQLNamespace } from '@codemirror/lang-sql';
import type { Extension } from '@codemirror/state';
import type { Schema } from '../../../api/sql.ts';
import { clickHouse } from './dialect.ts';

/** Colours, and completion of keywords, functions, databases, tables and columns. */
export function language(schema: Schema | null): Extension {
  const dialect = clickHouse(schema?.functions ?? [], schema?.keywords ?? []);
  const support = sql({ dialect, schema: namespaces(schema), upperCaseKeywords: true });
  if (schema === null) return support;
  const functions = functionOptions(schema);
  return [
    support,
    dialect.language.data.of({ autocomplete: (context: CompletionContext) => words(context, functions) }),
    dialect.language.data.of({ autocomplete: (context: CompletionContext) => columnsOfNamed(context, schema) }),
  ];
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

/** Columns of the tables that the statement names, wherever the caret is: SELECT is typed before FROM is read. */
function columnsOfNamed(context: CompletionContext, schema: Schema): CompletionResult | null {
  const word = context.matchBefore(WORD);
  if ((word === null && !context.explicit) || context.state.sliceDoc((word?.from ?? context.pos) - 1, word?.from ?? context.pos) === '.') return null;
  const text = context.state.doc.toString();
  const named = schema.tables.filter(({ database, name }) => new RegExp(`\\b(?:${database}\\.)?${name}\\b`).test(text));
  const seen = new Set<string>();
  const options = named.flatMap(({ name: table, columns }) =>
    columns.flatMap(({ name, type }): readonly Completion[] => {
      if (seen.has(name)) return [];
      seen.add(name);
      return [{ label: name, type: 'property', detail: `${type} · ${table}`, boost: 2 }];
    }),
  );
  return options.length === 0 ? null : { from: word?.from ?? context.pos, options, validFor: /^\w*$/ };
}
