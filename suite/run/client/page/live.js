"use strict";
(() => {
  const put = (id, text) => { document.getElementById(id).textContent = text; };
  const count = () => {
    const verdicts = new Map();
    for (const cell of document.querySelectorAll("td.verdict")) {
      if (cell.textContent) verdicts.set(cell.textContent, (verdicts.get(cell.textContent) || 0) + 1);
    }
    const told = [...verdicts].sort().map(([verdict, number]) => `${number} ${verdict}`);
    put("counts", told.join(", ") || "nothing came yet");
  };
  const events = new EventSource("/events");
  events.onopen = () => put("state", "live");
  events.onerror = () => put("state", "not connected; load the page again to see what came");
  events.addEventListener("case", (event) => {
    const told = JSON.parse(event.data);
    const row = document.getElementById(`case:${told.case}`);
    if (!row) return;
    row.querySelector(".came").textContent = told.came;
    const verdict = row.querySelector(".verdict");
    verdict.textContent = told.verdict;
    verdict.dataset.verdict = told.gravest;
    if (told.turn) put("turn", told.turn);
    count();
  });
  events.addEventListener("missed", () => location.reload());
})();
