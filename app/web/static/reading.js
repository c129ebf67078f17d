// Reading progress: a clause counts when most of it stood on a visible screen for a second, in the list or in the
// terms. What was shown stays in this page; it is sent, once, when the reader asks for a receipt.
(() => {
  "use strict";

  const { say } = window.clauselight;

  const LEAST = 1; // seconds on the screen, as the server holds it
  const TICK = 250; // milliseconds

  let reading = null; // {doc, token, began, must: Set, seconds: Map, at: Map, questions: []}
  let lastAnswer = null;
  const onScreen = new Map(); // element -> clause id
  const watched = new WeakSet();

  const section = () => document.querySelector("[data-reading]");
  const elapsed = () => (performance.now() - reading.began) / 1000;

  const observer = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        const shown = entry.intersectionRect.height;
        const room = entry.rootBounds ? entry.rootBounds.height : innerHeight; // a frame of another origin is not told its bounds
        const most = entry.isIntersecting && (shown >= 0.6 * entry.boundingClientRect.height || shown >= 0.6 * room);
        if (most) onScreen.set(entry.target, entry.target.dataset.seen || entry.target.id.replace("clause-", ""));
        else onScreen.delete(entry.target);
      }
    },
    { rootMargin: "-56px 0px 0px 0px", threshold: [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1] },
  );

  function watch() {
    for (const node of document.querySelectorAll("[data-seen], .clause--must")) {
      if (watched.has(node)) continue;
      watched.add(node);
      observer.observe(node);
    }
  }

  async function begin(doc) {
    const fresh = { doc, token: null, began: performance.now(), must: new Set(), seconds: new Map(), at: new Map(), questions: [] };
    reading = fresh;
    try {
      const answer = await fetch(`./api/v1/readings?doc=${encodeURIComponent(doc)}`, { method: "POST" });
      if (!answer.ok) return;
      const { token, must } = await answer.json();
      fresh.began = performance.now();
      fresh.token = token;
      fresh.must = new Set(must);
      show();
    } catch {
      // the connection is gone: Gradio tells it, and the page can be read without a receipt
    }
  }

  function show() {
    const place = section();
    if (!place || !reading || !reading.token) return;
    const read = [...reading.must].filter((id) => reading.at.has(id)).length;
    const count = place.querySelector("[data-read-count]");
    const bar = place.querySelector("[data-read-bar]");
    if (count && count.textContent !== String(read)) count.textContent = String(read);
    if (bar) bar.value = read;
    for (const entry of place.querySelectorAll("[data-must]")) {
      const done = reading.at.has(entry.dataset.must);
      entry.classList.toggle("is-read", done);
      const mark = entry.querySelector("[data-read-mark]");
      if (mark) mark.hidden = !done;
    }
    tellAround(read);
    const all = reading.must.size > 0 && read === reading.must.size;
    for (const part of place.querySelectorAll("[data-receipt-make], #receipt-name")) {
      if (!part.dataset.busy) part.disabled = !all;
    }
  }

  // In a frame: the page around learns how far the reading is, when it is one of those that the settings allow.
  function tellAround(read, receipt = null) {
    if (window.parent === window) return;
    const told = { type: "clauselight-reading", doc: reading.doc, read, total: reading.must.size, receipt };
    for (const origin of (document.documentElement.dataset.origins || "").split(" ").filter(Boolean)) {
      if (!origin.includes("*")) window.parent.postMessage(told, origin);
    }
  }

  setInterval(() => {
    if (!reading || !reading.token || document.visibilityState !== "visible") return;
    let changed = false;
    for (const id of new Set(onScreen.values())) {
      if (!reading.must.has(id)) continue;
      const seconds = (reading.seconds.get(id) || 0) + TICK / 1000;
      reading.seconds.set(id, seconds);
      if (seconds >= LEAST && !reading.at.has(id)) {
        reading.at.set(id, elapsed());
        changed = true;
      }
    }
    if (changed) show();
  }, TICK);

  function noteQuestion() {
    const answer = document.querySelector(".answer[data-question]");
    if (!answer || answer === lastAnswer || !reading) return;
    lastAnswer = answer;
    const cited = answer.dataset.first ? [...answer.querySelectorAll("[data-cited]")].map((node) => node.dataset.cited) : [];
    reading.questions.push({ question: answer.dataset.question, at: Math.max(0, elapsed()), clause_ids: cited.slice(0, 20) });
    if (reading.questions.length > 100) reading.questions.shift();
  }

  function tell(words, links = []) {
    const said = section().querySelector("[data-receipt-said]");
    said.replaceChildren(words);
    for (const [name, href, download] of links) {
      const link = document.createElement("a");
      link.textContent = name;
      link.href = href;
      if (download) link.download = "";
      else link.target = "_blank";
      said.append(" ", link);
    }
  }

  async function makeReceipt(button) {
    button.dataset.busy = "yes";
    button.disabled = true;
    tell(say("正在生成…"));
    const clauses = [...reading.must].map((id) => ({ clause_id: id, at: reading.at.get(id), seconds: reading.seconds.get(id) }));
    const name = section().querySelector("#receipt-name").value;
    try {
      const answer = await fetch("./api/v1/receipts", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ doc: reading.doc, token: reading.token, clauses, questions: reading.questions, name }),
      });
      const receipt = await answer.json();
      if (!answer.ok) tell(receipt.detail);
      else {
        tellAround(reading.must.size, receipt);
        const page = `./receipts/${receipt.receipt_id}`;
        tell(say("凭证已生成。"), [[say("打开并打印"), page, false], [say("下载（JSON）"), `${page}.json`, true]]);
      }
    } catch {
      tell(say("与服务的连接断开了，请确认服务仍在运行，稍后再试。"));
    }
    delete button.dataset.busy;
    show();
  }

  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    const fold = event.target.closest("[data-unfold]");
    if (fold) {
      const entries = [...section().querySelectorAll(".must-entry")];
      const open = entries.some((entry) => !entry.open);
      for (const entry of entries) entry.open = open;
      [fold.textContent, fold.dataset.unfold] = [fold.dataset.unfold, fold.textContent];
    }
    const make = event.target.closest("[data-receipt-make]");
    if (make && !make.disabled) void makeReceipt(make);
  });

  let due = false;
  function onChange() {
    if (due) return;
    due = true;
    requestAnimationFrame(() => {
      due = false;
      const place = section();
      if (!place) return;
      if (!reading || reading.doc !== place.dataset.reading) void begin(place.dataset.reading);
      noteQuestion();
      watch();
      show();
    });
  }

  new MutationObserver(onChange).observe(document.documentElement, { childList: true, subtree: true });
  onChange();
})();
