/**
 * A button that copies data-copy to the clipboard and says so with data-copied.
 * It is hidden in the page and shown here: without a script it could do nothing.
 */
export default function copy(button) {
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = button.dataset.copied;
    setTimeout(() => { button.textContent = label; }, 2000);
  });
}
