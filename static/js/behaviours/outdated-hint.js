/** Keeps a field's hint silent while the field says something else than the hint was written for. */
export default function outdatedHint(field) {
  const hint = document.getElementById(`${field.id}-hint`);
  if (!hint) return;
  const words = hint.textContent;
  field.addEventListener("input", () => {
    hint.textContent = field.value === field.defaultValue ? words : "\u00a0";
  });
}
