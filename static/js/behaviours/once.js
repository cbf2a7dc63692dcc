/** Lets a form be sent once: a second press while the first is under way does nothing. */
export default function once(form) {
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  // Coming back by the Back button brings the page as it was left: open for sending again.
  window.addEventListener("pageshow", () => { sent = false; });
}
