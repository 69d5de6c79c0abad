/** Puts text on the clipboard; false if the browser doesn't let it. */
export async function copyText(text: string): Promise<boolean> {
  // Pages from a plain http address other than localhost have no clipboard of the new kind.
  const clipboard = (navigator as Partial<Navigator>).clipboard;
  if (clipboard === undefined) return copyBySelection(text);
  return clipboard.writeText(text).then(
    () => true,
    () => copyBySelection(text),
  );
}

function copyBySelection(text: string): boolean {
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  // Deprecated, and all there is outside a secure context.
  const copied = document.execCommand("copy"); // eslint-disable-line @typescript-eslint/no-deprecated
  area.remove();
  return copied;
}
