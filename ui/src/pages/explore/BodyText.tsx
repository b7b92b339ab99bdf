import { CopyButton } from '../../parts/CopyButton.tsx';
import { JsonText } from '../../parts/JsonText.tsx';
import { hasAnsi, painted, withoutAnsi } from './ansi.ts';

/** A body as it was sent; one that is JSON, in lines; with the colours of the terminal it was written for. */
export function BodyText({ text }: { text: string }) {
  if (text === '') return null;
  return (
    <div class="body-text">
      <pre tabIndex={0}>
        <Content text={text} />
      </pre>
      <CopyButton text={withoutAnsi(text)} label="Copy the body" />
    </div>
  );
}

function Content({ text }: { text: string }) {
  if (/^\s*[{[]/.test(text)) return <JsonText text={inLines(text)} />;
  if (!hasAnsi(text)) return <>{text}</>;
  return (
    <>
      {painted(text).map((piece, at) => (
        <span key={at} class={piece.class}>
          {piece.text}
        </span>
      ))}
    </>
  );
}

function inLines(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
