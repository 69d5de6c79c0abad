/** How long a question may be, in characters as the server counts them. */
export const MOST_CHARACTERS = 4_000;
const COUNT_FROM = 3_500;

export interface Length {
  tooLong: boolean;
  /** What to tell of the length; undefined while there is room. */
  text: string | undefined;
}

/** The length of a question, in characters and not in the units of the browser's strings; spaces around it aren't sent. */
export function lengthOf(question: string): Length {
  if (question.length <= COUNT_FROM) return { tooLong: false, text: undefined };
  const count = Array.from(question.trim()).length;
  if (count <= COUNT_FROM) return { tooLong: false, text: undefined };
  const of = `${count.toLocaleString("en-US")} of ${MOST_CHARACTERS.toLocaleString("en-US")} characters`;
  const over = (count - MOST_CHARACTERS).toLocaleString("en-US");
  return count > MOST_CHARACTERS ? { tooLong: true, text: `Too long to send: ${of}. Shorten it by ${over}.` } : { tooLong: false, text: of };
}
