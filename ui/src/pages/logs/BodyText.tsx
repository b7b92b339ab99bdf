import { CopyButton } from '../../parts/CopyButton.tsx';

/** A body as it was sent; one that is JSON, in lines. */
export function BodyText({ text }: { text: string }) {
  if (text === '') return null;
  return (
    <div class="body-text">
      <pre tabIndex={0}>{inLines(text)}</pre>
      <CopyButton text={text} label="Copy the body" />
    </div>
  );
}

function inLines(text: string): string {
  if (!/^\s*[{[]/.test(text)) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
