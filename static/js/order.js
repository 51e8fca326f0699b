// A closed row of options says what was chosen inside it. Everything else on this page is a plain form.
(() => {
  "use strict";

  function chosenIn(row) {
    const note = row.querySelector("input[type=text], input[type=tel]");
    if (note) return note.value.trim();
    const tiles = Array.from(row.querySelectorAll("input:checked"), (input) => input.closest("label").innerText.trim());
    const amounts = Array.from(row.querySelectorAll("select"))
      .filter((select) => select.value !== "")
      .map((select) => {
        const label = row.querySelector(`label[for="${select.id}"]`).innerText.trim();
        return select.value === "yes" ? label : `${select.selectedOptions[0].text} ${label}`;
      });
    return [...tiles, ...amounts].join(", ");
  }

  document.addEventListener("change", (event) => {
    const row = event.target.closest(".options-row");
    if (!row) return;
    const place = row.querySelector(".options-chosen");
    place.dataset.empty ??= place.textContent;
    place.textContent = chosenIn(row) || place.dataset.empty;
  });
})();
