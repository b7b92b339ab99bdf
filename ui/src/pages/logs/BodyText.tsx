import { CopyButton } from '../../parts/CopyButton.tsx';
import { JsonText } from '../../parts/JsonText.tsx';

/** A body as it was sent; one that is JSON, in lines. */
export function BodyText({ text }: { text: string }) {
  if (text === '') return null;
  return (
    <div class="body-text">
      <pre tabIndex={0}>{/^\s*[{[]/.test(text) ? <JsonText text={inLines(text)} /> : text}</pre>
      <CopyButton text={text} label="Copy the body" />
    </div>
  );
}

function inLines(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
