// 客服: results as one types, all by keyboard; the last look-ups stay in this browser and nowhere else.
(() => {
  "use strict";

  const { say } = window.clauselight;

  const PAUSE = 90; // milliseconds after the last key
  const KEPT = 8;
  const STORE = "clauselight.lookups";

  let timer = 0;
  let running = null; // AbortController of the request under way
  let picked = -1;
  let ready = false;
  let batch = null;

  const box = () => document.querySelector("#query-words");
  const found = () => document.querySelector("[data-found]");
  const rows = () => [...document.querySelectorAll("[data-found] .result")];
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  function filters() {
    const chosen = new URLSearchParams();
    for (const field of document.querySelectorAll("#query :is(input[type=checkbox]:checked, select)")) {
      if (field.value) chosen.append(field.name, field.value);
    }
    const count = document.querySelector("[data-filter-count]");
    count.textContent = [...chosen].length ? say("（{n} 项）", { n: [...chosen].length }) : "";
    return chosen;
  }

  function setAddress(words, chosen) {
    const address = new URL(location.href);
    for (const name of ["q", "doc", "category", "section", "emphasis"]) address.searchParams.delete(name);
    if (words) address.searchParams.set("q", words);
    for (const [name, value] of chosen) address.searchParams.append(name, value);
    history.replaceState(history.state, "", address);
  }

  async function search({ keepClause = false } = {}) {
    const words = box().value.trim();
    const chosen = filters();
    if (running) running.abort();
    running = null;
    const address = new URL(location.href);
    if (!keepClause && address.searchParams.has("clause")) {
      address.searchParams.delete("clause");
      history.replaceState(history.state, "", address);
    }
    setAddress(words, chosen);
    document.querySelector("[data-hint]").hidden = Boolean(words);
    if (!words) {
      found().replaceChildren();
      picked = -1;
      showHistory();
      return;
    }
    const mine = new AbortController();
    running = mine;
    const query = new URLSearchParams(chosen);
    query.set("q", words);
    try {
      const answer = await fetch(`./pages/lookup?${query}`, { signal: mine.signal });
      const html = await answer.text();
      if (running !== mine) return;
      running = null;
      if (answer.status === 429) return showNotice(JSON.parse(html).detail);
      if (!answer.ok) throw new Error(answer.status);
      found().innerHTML = html;
      document.querySelector("[data-history]").hidden = true;
      pick(0, { show: false });
      tell(found().querySelector(".results-count, .notice").textContent);
    } catch (error) {
      if (error.name === "AbortError" || running !== mine) return;
      running = null;
      showNotice(say("与服务的连接断开了，请确认服务仍在运行，稍后再试。"));
    }
  }

  function showNotice(words) {
    const notice = document.createElement("p");
    notice.className = "notice notice--error";
    notice.setAttribute("role", "alert");
    notice.textContent = words;
    found().replaceChildren(notice);
  }

  function tell(words) {
    document.querySelector("[data-told]").textContent = words;
  }

  function pick(place, { show = true } = {}) {
    const all = rows();
    if (!all.length) {
      picked = -1;
      return;
    }
    picked = Math.max(0, Math.min(place, all.length - 1));
    all.forEach((row, at) => {
      row.classList.toggle("is-picked", at === picked);
      if (at === picked) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    });
    if (!show) return;
    const row = all[picked];
    row.scrollIntoView({ block: "nearest", behavior: calm.matches ? "auto" : "smooth" });
    tell(say("第 {n} 条，{place}", { n: picked + 1, place: row.querySelector(".quote-number").textContent }));
    if (matchMedia("(min-width: 1024px)").matches) void window.clauselight.openClause(row.dataset.cited, { focus: false });
  }

  // ── The last look-ups, in this browser alone ──

  function remembered() {
    try {
      const kept = JSON.parse(localStorage.getItem(STORE) || "[]");
      return Array.isArray(kept) ? kept.filter((words) => typeof words === "string").slice(0, KEPT) : [];
    } catch {
      return [];
    }
  }

  function remember(words) {
    if (!words) return;
    try {
      localStorage.setItem(STORE, JSON.stringify([words, ...remembered().filter((other) => other !== words)].slice(0, KEPT)));
    } catch {
      // storage is full or forbidden: nothing is remembered
    }
  }

  function showHistory() {
    const place = document.querySelector("[data-history]");
    const kept = remembered();
    place.hidden = kept.length === 0;
    const name = Object.assign(document.createElement("span"), { className: "chips-name", textContent: say("最近查过") });
    const chips = kept.map((words) => {
      const chip = Object.assign(document.createElement("button"), { type: "button", className: "chip", textContent: words });
      chip.dataset.again = words;
      chip.lang = "zh-CN";
      return chip;
    });
    const clear = Object.assign(document.createElement("button"), { type: "button", className: "plain", textContent: say("清除记录") });
    clear.dataset.forget = "";
    place.replaceChildren(name, ...chips, clear);
  }

  // ── Questions in bulk ──

  async function makeSheet() {
    const said = document.querySelector("[data-batch-said]");
    const file = document.querySelector("#batch-file").files[0];
    const text = `${document.querySelector("#batch-words").value}\n${file ? await file.text() : ""}`;
    const questions = text.split(/\r?\n/).map((line) => line.replace(/^\uFEFF/, "").trim()).filter(Boolean);
    if (!questions.length) {
      said.textContent = say("请先写下问题，每行一个，或选择一个文本文件。");
      return;
    }
    if (questions.length > 500) {
      said.textContent = say("一次最多 500 个问题，现在有 {n} 个，请分几次。", { n: questions.length });
      return;
    }
    busy(true);
    said.textContent = say("正在逐个查找 {n} 个问题…", { n: questions.length });
    batch = new AbortController();
    try {
      const answer = await fetch("./api/v1/batch", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ questions, doc: filters().getAll("doc") }),
        signal: batch.signal,
      });
      if (!answer.ok) throw new Error(answer.status);
      const link = document.createElement("a");
      link.href = URL.createObjectURL(await answer.blob());
      link.download = "clauselight-answers.xlsx";
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
      said.textContent = say("已生成：{n} 个问题。", { n: questions.length });
    } catch (error) {
      said.textContent = error.name === "AbortError" ? say("已取消。") : say("没能生成，请确认服务仍在运行，稍后再试。");
    }
    busy(false);
  }

  function busy(yes) {
    document.querySelector("[data-batch]").disabled = yes;
    document.querySelector("[data-batch-cancel]").hidden = !yes;
    document.querySelector("[data-batch-bar]").hidden = !yes;
  }

  // ── Events ──

  document.addEventListener("input", (event) => {
    if (!(event.target instanceof Element) || !event.target.closest("#query")) return;
    clearTimeout(timer);
    if (event.isComposing) return; // an input method is still choosing characters
    timer = setTimeout(search, event.target === box() ? PAUSE : 0);
  });

  document.addEventListener("change", (event) => {
    if (event.target.id !== "batch-file") return;
    document.querySelector("[data-batch-file]").textContent = event.target.files[0] ? event.target.files[0].name : "";
  });

  document.addEventListener("compositionend", (event) => {
    if (event.target !== box()) return;
    clearTimeout(timer);
    timer = setTimeout(search, PAUSE);
  });

  document.addEventListener("keydown", (event) => {
    if (!box() || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const inside = event.target === box() || (event.target instanceof Element && event.target.matches("[data-found] .result"));
    if (!inside) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      pick(picked + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter") {
      event.preventDefault();
      const row = rows()[picked];
      if (!row) return;
      remember(box().value.trim());
      row.querySelector("button[data-copy]").click();
      tell(say("已复制{place}的原文和出处", { place: row.querySelector(".quote-number").textContent }));
    } else if (event.key === "Escape") {
      box().value = "";
      box().focus();
      void search();
    }
  });

  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || !box()) return;
    const row = event.target.closest("[data-found] .result");
    if (row) {
      pick(rows().indexOf(row), { show: false });
      if (event.target.closest("a, button")) remember(box().value.trim());
    }
    const again = event.target.closest("[data-again]");
    if (again) {
      box().value = again.dataset.again;
      box().focus();
      void search();
    }
    if (event.target.closest("[data-forget]")) {
      localStorage.removeItem(STORE);
      showHistory();
    }
    if (event.target.closest("[data-batch]")) void makeSheet();
    if (event.target.closest("[data-batch-cancel]") && batch) batch.abort();
  });

  document.addEventListener("toggle", async (event) => {
    const fold = event.target;
    if (!(fold instanceof HTMLDetailsElement) || !fold.dataset.around || !fold.open || fold.dataset.loaded) return;
    fold.dataset.loaded = "yes";
    const place = fold.querySelector("[data-around-place]");
    const doc = fold.dataset.around.split("#")[0];
    try {
      const answer = await fetch(`./pages/around?${new URLSearchParams({ doc, clause: fold.dataset.around })}`);
      place.innerHTML = answer.ok ? await answer.text() : "";
      if (!place.children.length) place.textContent = say("没有前后文。");
    } catch {
      delete fold.dataset.loaded;
      place.textContent = say("没能取到，请稍后再展开一次。");
    }
  }, true);

  // The page has been built: take over what the address asks for.
  function onChange() {
    if (ready || !box()) return;
    ready = true;
    const { searchParams } = new URL(location.href);
    box().value = searchParams.get("q") || "";
    for (const field of document.querySelectorAll("#query input[type=checkbox]")) {
      field.checked = searchParams.getAll(field.name).includes(field.value) && (field.name !== "doc" || !searchParams.has("clause"));
    }
    for (const field of document.querySelectorAll("#query select")) field.value = searchParams.get(field.name) || "";
    showHistory();
    if (box().value) void search({ keepClause: true });
  }

  new MutationObserver(onChange).observe(document.documentElement, { childList: true, subtree: true });
  onChange();
})();
