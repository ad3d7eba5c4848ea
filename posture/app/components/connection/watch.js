// What is to be done about the connection to the program.

// Shorter breaks heal before anybody has read a sentence about them.
const UNTOLD_MS = 1500;
// A program may greet a page a moment before it knows its tab.
const SURE_OF = 2;

/**
 * What holds now that the program was asked whether it knows this tab.
 *
 * `connected` tells whether the page has found it again, `lost_ms` for how long ago it lost it,
 * `known` what was answered (null for no answer), `strange` how many times in a row the tab was not
 * known.  "calm": all is well.  "wait": not yet worth a word.  "tell": it does not answer.
 * "renew": what the page shows is of a program, or of a visit, that is gone.
 */
export function stateOf({ connected, lost_ms, known, strange }) {
  if (connected && known) return "calm";
  if (connected && strange >= SURE_OF) return "renew";
  return lost_ms < UNTOLD_MS ? "wait" : "tell";
}
