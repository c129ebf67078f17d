// The receipt's page: print it, and say each moment in the reader's own time as well.
(() => {
  "use strict";
  for (const time of document.querySelectorAll("time[datetime]")) {
    const local = new Date(time.dateTime);
    if (!Number.isNaN(local.getTime())) time.title = local.toLocaleString();
  }
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-print]")) window.print();
  });
})();
