// 法务: upload with progress and cancel, filters, and the parts beside the table; every part is asked for when it is opened.
(() => {
  "use strict";

  const { say } = window.clauselight;

  let current = null; // id of the document under review
  let running = null; // AbortController of the latest request of the page
  let decider = ""; // who decided last, for the next decision
  const filled = new Map(); // tab -> what it was filled for

  const chooser = () => document.querySelector("#review-doc");
  const failed = say("没能完成，请确认服务仍在运行，稍后再试。");

  async function fetchPart(address, signal) {
    const answer = await fetch(address, { signal });
    if (!answer.ok) {
      const told = await answer.json().catch(() => ({}));
      throw new Error(told.detail || failed);
    }
    return answer.text();
  }

  function notice(words, kind) {
    const line = Object.assign(document.createElement("p"), { className: `notice notice--${kind}`, textContent: words });
    if (kind === "error") line.setAttribute("role", "alert");
    return line;
  }

  // Something that takes a while: says so, with a bar and a way out.
  async function fill(place, address, words) {
    const mine = new AbortController();
    const wait = document.createElement("div");
    wait.className = "waiting";
    const bar = document.createElement("progress");
    bar.setAttribute("aria-label", words);
    const stop = Object.assign(document.createElement("button"), { type: "button", className: "plain", textContent: say("取消") });
    stop.addEventListener("click", () => mine.abort());
    wait.append(notice(words, "waiting"), bar, stop);
    place.replaceChildren(wait);
    try {
      place.innerHTML = await fetchPart(address, mine.signal);
      return true;
    } catch (error) {
      place.replaceChildren(error.name === "AbortError" ? notice(say("已取消。"), "hint") : notice(error.message, "error"));
      return false;
    }
  }

  async function show(doc) {
    current = doc;
    filled.clear();
    if (running) running.abort();
    const mine = (running = new AbortController());
    window.clauselight.setAddress({ doc, clause: null });
    try {
      const [review, terms] = await Promise.all([
        fetchPart(`./pages/review?${new URLSearchParams({ doc })}`, mine.signal),
        fetchPart(`./pages/terms?${new URLSearchParams({ doc, reviewer: "true" })}`, mine.signal),
      ]);
      document.querySelector("#review").innerHTML = review;
      const fresh = document.createElement("template");
      fresh.innerHTML = terms;
      document.querySelector(".terms").replaceWith(fresh.content);
      document.querySelector(".room-terms").scrollTop = 0;
      await showRows();
      openTab(document.querySelector("[data-tab][aria-selected=true]").dataset.tab);
    } catch (error) {
      if (error.name !== "AbortError") document.querySelector("#review").replaceChildren(notice(error.message, "error"));
    }
  }

  async function showRows() {
    const chosen = new URLSearchParams({ doc: current });
    for (const box of document.querySelectorAll("[data-review-filters] input:checked")) chosen.append(box.name, box.value);
    try {
      document.querySelector("#findings").innerHTML = await fetchPart(`./pages/findings?${chosen}`);
    } catch (error) {
      document.querySelector("#findings").replaceChildren(notice(error.message, "error"));
    }
  }

  // ── Decisions: sent for one clause; the figure, the rows and the terms are asked for anew ──

  async function send(address, options) {
    const answer = await fetch(address, options);
    if (!answer.ok) {
      const told = await answer.json().catch(() => ({}));
      throw new Error(typeof told.detail === "string" ? told.detail : failed);
    }
  }

  async function decide(button) {
    const box = button.closest("details");
    const field = (name) => box?.querySelector(`[data-${name}]`)?.value ?? "";
    const asked = { clause_id: button.dataset.clause, verdict: button.dataset.decide, reason: field("reason"), by: field("by") };
    if (asked.by) decider = asked.by;
    const row = button.dataset.clause;
    try {
      await send(`./api/v1/documents/${encodeURIComponent(current)}/decisions`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(asked),
      });
      await show(current);
      document.querySelector(`[data-row="${CSS.escape(row)}"] :is([data-decide], summary)`)?.focus();
    } catch (error) {
      const said = box?.querySelector("[data-decision-said]");
      if (said) said.textContent = error.message;
      else button.after(notice(error.message, "error"));
    }
  }

  async function takeDecisions(picker) {
    const file = picker.files[0];
    if (!file) return;
    try {
      await send(`./api/v1/documents/${encodeURIComponent(current)}/decisions`, { method: "PUT", body: file });
      await show(current);
    } catch (error) {
      picker.closest("p").append(notice(error.message, "error"));
    }
  }

  function openTab(name) {
    for (const tab of document.querySelectorAll("[data-tab]")) {
      const on = tab.dataset.tab === name;
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
      document.querySelector(`#panel-${tab.dataset.tab}`).hidden = !on;
    }
    if (name === "lint" && filled.get("lint") !== current) {
      filled.set("lint", current);
      void fill(document.querySelector("[data-lint]"), `./pages/lint?${new URLSearchParams({ doc: current })}`, say("正在检查起草…"));
    }
    if (name === "matrix" && !filled.has("matrix")) {
      filled.set("matrix", "all");
      void fill(document.querySelector("[data-matrix]"), "./pages/matrix", say("正在比较全部文件…")).then((done) => done || filled.delete("matrix"));
    }
  }

  async function compare() {
    const pair = new URLSearchParams({ old: document.querySelector("#diff-old").value, new: document.querySelector("#diff-new").value });
    const files = document.querySelector("[data-changes-files]");
    files.hidden = true;
    if (!(await fill(document.querySelector("[data-changes]"), `./pages/changes?${pair}`, say("正在逐条比较…")))) return;
    for (const link of files.querySelectorAll("[data-changes-file]")) {
      link.href = `./reports/${link.dataset.changesFile}?${pair}`;
      link.download = "";
    }
    files.hidden = false;
  }

  // ── Uploads: one after the other, each with its bar; what is cancelled leaves nothing behind ──

  function upload(file) {
    const row = document.createElement("li");
    const name = Object.assign(document.createElement("span"), { className: "upload-name", textContent: file.name });
    const bar = Object.assign(document.createElement("progress"), { max: 100, value: 0 });
    bar.setAttribute("aria-label", say("上传 {name}", { name: file.name }));
    const said = Object.assign(document.createElement("span"), { className: "upload-said", textContent: say("等待…") });
    const stop = Object.assign(document.createElement("button"), { type: "button", className: "plain", textContent: say("取消") });
    stop.setAttribute("aria-label", say("取消 {name}", { name: file.name }));
    row.append(name, said, stop, bar);
    document.querySelector("[data-uploads]").append(row);
    const request = new XMLHttpRequest();
    let stopped = false;
    stop.addEventListener("click", () => {
      stopped = true;
      request.abort();
    });
    const end = (words, wrong) => {
      said.textContent = words;
      row.classList.toggle("is-wrong", Boolean(wrong));
      bar.remove();
      stop.remove();
    };
    return () =>
      new Promise((resolve) => {
        if (stopped) {
          end(say("已取消"));
          resolve(null);
          return;
        }
        said.textContent = say("正在上传…");
        request.upload.addEventListener("progress", (event) => (bar.value = (100 * event.loaded) / event.total));
        request.upload.addEventListener("load", () => {
          bar.removeAttribute("value");
          said.textContent = say("正在核查…");
        });
        request.addEventListener("abort", () => {
          end(say("已取消"));
          resolve(null);
        });
        request.addEventListener("error", () => {
          end(failed, true);
          resolve(null);
        });
        request.addEventListener("load", () => {
          let told = {};
          try {
            told = JSON.parse(request.responseText);
          } catch {
            // not ours: told below
          }
          if (request.status !== 201) {
            end(told.detail || failed, true);
            resolve(null);
            return;
          }
          const percent = Math.round(100 * told.coverage);
          end(told.must ? say("覆盖率 {percent}%，漏标 {missed} 条", { percent, missed: told.must - told.emphasised }) : say("没有应当突出的条款"));
          const link = Object.assign(document.createElement("button"), { type: "button", className: "plain", textContent: say("查看") });
          link.dataset.see = told.doc_id;
          link.setAttribute("aria-label", say("查看 {name}", { name: file.name }));
          row.append(link);
          for (const select of document.querySelectorAll("#review-doc, #diff-old, #diff-new")) select.add(new Option(file.name, told.doc_id));
          document.querySelector("#diff-new").value = told.doc_id;
          resolve(told.doc_id);
        });
        request.open("POST", `./api/v1/documents?${new URLSearchParams({ name: file.name })}`);
        request.setRequestHeader("content-type", "application/octet-stream");
        request.send(file);
      });
  }

  async function uploadAll(files) {
    let last = null;
    for (const send of [...files].map(upload)) last = (await send()) || last;
    if (!last) return;
    chooser().value = last;
    await show(last);
  }

  // ── Events ──

  document.addEventListener("change", (event) => {
    if (!(event.target instanceof Element) || !chooser()) return;
    if (event.target === chooser()) void show(chooser().value);
    if (event.target.closest("[data-review-filters]")) void showRows();
    if (event.target.matches("[data-decisions-file]")) void takeDecisions(event.target);
    if (event.target.id === "review-files") {
      void uploadAll(event.target.files);
      event.target.value = "";
    }
  });

  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || !chooser()) return;
    const tab = event.target.closest("[data-tab]");
    if (tab) openTab(tab.dataset.tab);
    const see = event.target.closest("[data-see]");
    if (see) {
      chooser().value = see.dataset.see;
      void show(see.dataset.see);
    }
    if (event.target.closest("[data-compare]")) void compare();
    const deciding = event.target.closest("[data-decide]");
    if (deciding) void decide(deciding);
  });

  document.addEventListener(
    "toggle",
    (event) => {
      const by = event.target instanceof Element && event.target.matches(".deciding[open]") && event.target.querySelector("[data-by]");
      if (by && !by.value) by.value = decider;
    },
    true,
  );

  document.addEventListener("keydown", (event) => {
    if (!(event.target instanceof Element) || !event.target.matches("[data-tab]")) return;
    const tabs = [...document.querySelectorAll("[data-tab]")];
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const next = event.key === "Home" ? tabs[0] : event.key === "End" ? tabs.at(-1) : step && tabs.at((tabs.indexOf(event.target) + step) % tabs.length);
    if (!next) return;
    event.preventDefault();
    next.focus();
    openTab(next.dataset.tab);
  });

  for (const kind of ["dragover", "drop"]) {
    document.addEventListener(kind, (event) => {
      if (!chooser() || !event.dataTransfer || ![...event.dataTransfer.types].includes("Files")) return;
      event.preventDefault();
      if (kind === "drop") void uploadAll(event.dataTransfer.files);
    });
  }

  // The page has been built: it came with the first document; the address may ask for another one.
  function onChange() {
    if (current || !chooser() || !document.querySelector("[data-review]")) return;
    current = document.querySelector("[data-review]").dataset.review;
    const asked = new URL(location.href).searchParams.get("doc");
    if (asked && asked !== current && [...chooser().options].some((option) => option.value === asked)) {
      chooser().value = asked;
      void show(asked);
    }
  }

  new MutationObserver(onChange).observe(document.documentElement, { childList: true, subtree: true });
  onChange();
})();
