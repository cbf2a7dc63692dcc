/** Moves focus to the error summary when the page arrives with one, so that nobody leaves without seeing it. */
export default function focusErrors(summary) {
  summary.focus();
}
