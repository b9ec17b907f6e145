"use strict";
// Which paragraphs are shown: a set of hidden reasons, kept and dropped apart.
const rows = [...document.querySelectorAll(".row")];
const chips = [...document.querySelectorAll("nav button[data-reason]")];
const hidden = new Set();

const kind = (element) =>
	(element.classList.contains("kept") ? "kept " : "dropped ") + element.dataset.reason;

function show() {
	for (const row of rows) row.hidden = hidden.has(kind(row));
	for (const chip of chips) chip.setAttribute("aria-pressed", !hidden.has(kind(chip)));
}

for (const chip of chips) {
	chip.addEventListener("click", () => {
		hidden.has(kind(chip)) ? hidden.delete(kind(chip)) : hidden.add(kind(chip));
		show();
	});
	chip.title = "Click to hide or show; with Shift, show only these";
	chip.addEventListener("click", (event) => {
		if (!event.shiftKey) return;
		hidden.clear();
		for (const other of chips) if (other !== chip) hidden.add(kind(other));
		show();
	});
}
for (const button of document.querySelectorAll("button[data-show]")) {
	button.addEventListener("click", () => {
		hidden.clear();
		for (const chip of chips)
			if (button.dataset.show !== "all" && !chip.classList.contains(button.dataset.show))
				hidden.add(kind(chip));
		show();
	});
}
