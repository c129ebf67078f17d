"""The engine behind the command line and the pages: documents and their index opened once, then asked many times."""

from __future__ import annotations

import threading
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from app.collection import Collection
from app.qa.answer import Found, answered, cite, joined, not_found, number_reason
from app.qa.asking import asked_parts
from app.qa.decision import Decision, Evidence, decide
from app.qa.lexicon import load_lexicon
from app.qa.model.explain import explanations
from app.qa.question import find_numbered, is_missing, understand
from app.qa.ranking import kind_of, load_read_weights, rank, reread, worth_reading
from app.qa.scope import reason_outside
from app.qa.spelling import corrected, known_words, vocabulary_of
from app.review import audit, categories_of
from app.review.precedents import Wordings
from app.review.prominence import prominence_of
from app.settings import Settings
from app.stages import Run, running, stage, unwatched
from app.types import SearchResult
from corpus.library import read_terms
from corpus.types import ClauseKind
from index.cleaning import simplified
from index.encoder import Encoder, load_encoder
from index.entries import entries_of
from index.hybrid import HybridIndex, hash_entries
from index.reranker import Reranker
from index.types import Hit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from collections.abc import Collection as Names

    from app.qa.question import Question
    from app.qa.spelling import Vocabulary
    from app.types import Answer, AuditReport, Category
    from corpus.errors import UnreadableTerms
    from corpus.library import Library
    from corpus.types import Clause, Document
    from index.types import Entry, Scores

MAIN = 0.2
"""Clauses at least this likely, against the first, are quoted in the answer's text; the others are named."""
CERTAIN = 0.99
"""Confidence of an answer that looks a clause up by its number: only the reading of the number can be wrong."""


class Engine:
    """Documents with their index; safe to use from many threads."""

    def __init__(
        self,
        library: Library,
        index: HybridIndex,
        settings: Settings,
        *,
        reranker: Callable[[], Reranker] | None = None,
    ) -> None:
        """Take what `open` has read and built."""
        self.documents = library.documents
        """The documents, in order."""
        self.refused: tuple[UnreadableTerms, ...] = library.refused
        """Files that could not be read, with the reasons."""
        self.settings = settings
        self.index = index
        self._open_reranker = reranker or Reranker
        self.watch: Callable[[Run], None] = unwatched
        """Is shown each question, search and review when it is over, with the time of its stages."""
        self._lexicon = load_lexicon(settings.lexicon)
        self._known = known_words(self._lexicon)
        self._vocabularies: dict[frozenset[str], Vocabulary] = {}
        self._documents = {document.doc_id: document for document in self.documents}
        self._clauses = {
            clause.clause_id: (document, clause) for document in self.documents for clause in document.clauses
        }
        self._wordings = Wordings(self.documents)
        self._reports: dict[str, AuditReport] = {}
        self._categories: dict[str, tuple[Category, ...]] = {}
        self._reporting = threading.Lock()

    @classmethod
    def open(
        cls,
        terms: Sequence[str] | None = None,
        *,
        settings: Settings | None = None,
        encoder: Encoder | Callable[[], Encoder] | None = None,
        reranker: Callable[[], Reranker] | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> Engine:
        """Open `terms` (see `corpus.library.read_terms`), or the collection with its index on disk.

        A missing index is built; one that does not fit the documents any more is brought up to date. `progress` is
        called with (clauses encoded, clauses to encode). `encoder` and `reranker` may be functions that give them when
        they are needed.
        Raises UnreadableTerms when nothing of `terms` can be read, IndexUnusable when the index on disk is damaged or
        was built by another encoder.
        """
        settings = settings or Settings()
        collection = Collection(settings.index_dir)
        with stage("read terms"):
            library = collection.read() if terms is None else read_terms(terms)
            entries = [entry for document in library.documents for entry in entries_of(document)]
        if terms is not None and not library.documents:
            raise library.refused[0]
        if encoder is None or not isinstance(encoder, Encoder):
            with stage("open encoder"):
                encoder = load_encoder(settings.encoder) if encoder is None else encoder()
        with stage("index"):
            if terms is None:
                index = _stored_index(collection, entries, encoder, progress)
            else:
                cache_dir = settings.index_dir / "vectors"
                index = HybridIndex.build(entries, encoder, cache_dir=cache_dir, progress=progress)
        return cls(library, index, settings, reranker=reranker)

    @cached_property
    def reranker(self) -> Reranker:
        """The re-ranker that ships, opened when the first question comes. Raises EncoderUnusable."""
        return self._open_reranker()

    @property
    def is_ready(self) -> bool:
        """Whether there is something to ask about, and everything that a question needs is open."""
        return bool(self.index.entries) and "reranker" in vars(self)

    @property
    def states_kept(self) -> tuple[int, int]:
        """How often the re-ranker had read a clause before, and how often not."""
        return (self.reranker.hits, self.reranker.misses) if "reranker" in vars(self) else (0, 0)

    def document(self, doc_id: str) -> Document:
        """Return the document with this name; KeyError when there is none."""
        return self._documents[doc_id]

    def audit(self, doc_id: str) -> AuditReport:
        """Review one document; the report is made once."""
        with self._reporting:
            if doc_id not in self._reports:
                self._reports[doc_id] = self.review(self.document(doc_id))
            return self._reports[doc_id]

    def review(self, document: Document) -> AuditReport:
        """Review a document, which need not be one of ours, with ours as precedents; nothing is kept."""
        with running("audit", self.watch):
            return audit(document, rules=self.settings.rules, others=self._wordings)

    def ask(self, question: str, *, doc_ids: Names[str] | None = None, k: int = 3) -> Answer:
        """Answer a question from at most `k` clauses, or say that the terms do not answer it. Never fails on input."""
        with running("ask", self.watch) as run:
            answer = self._asked(question, doc_ids, k)
            run.outcome = answer.status
        return answer

    def _asked(self, question: str, doc_ids: Names[str] | None, k: int) -> Answer:
        understood = self._read(question, doc_ids)
        documents = self._chosen(doc_ids)
        if not understood.text:
            return _refused(understood, "请先写下您的问题。", documents)
        outside = reason_outside(understood, (clause.text for document in documents for clause in document.clauses))
        if outside is not None:
            return _refused(understood, outside, documents)
        parts = () if understood.numbers else asked_parts(understood.text, self._lexicon)
        if 1 < len(parts) <= k:
            answers = [self._answer(understand(part, self._lexicon), doc_ids, k) for part in parts]
            return joined(understood, parts, answers, documents, k=k)
        return self._answer(understood, doc_ids, k)

    def explanations(self, answer: Answer) -> Iterator[Answer]:
        """Yield an answer, then with what the configured language model says in other words, sentence by sentence.

        Without a model only the answer comes. Never fails: when the model does, a note tells it.
        """
        return explanations(answer, self._documents, self.settings)

    def explain(self, answer: Answer) -> Answer:
        """Wait for all that the language model says; the answer as it is when none is configured."""
        *_, last = self.explanations(answer)
        return last

    def _read(self, question: str, doc_ids: Names[str] | None) -> Question:
        """Understand a question, with words that were typed wrongly read as the words of the documents."""
        with stage("understand"):
            understood = understand(question, self._lexicon)
            text, corrections = corrected(understood.text, self._vocabulary(doc_ids), self._known)
            if not corrections:
                return understood
            again = understand(text, self._lexicon)
        return replace(again, asked=question, plain=understood.plain, corrections=corrections)

    def _vocabulary(self, doc_ids: Names[str] | None) -> Vocabulary:
        chosen = frozenset(document.doc_id for document in self._chosen(doc_ids))
        vocabulary = self._vocabularies.get(chosen)
        if vocabulary is None:
            text = "\n".join(entry.text for entry in self.index.entries if entry.doc_id in chosen)
            vocabulary = vocabulary_of(simplified(text), self.index.words(chosen), self._known)
            self._vocabularies[chosen] = vocabulary
        return vocabulary

    def _answer(self, understood: Question, doc_ids: Names[str] | None, k: int) -> Answer:
        """Answer one question."""
        documents = self._chosen(doc_ids)
        evidence, clauses = self.evidence(understood, doc_ids)
        ranked = [clauses[row] for row in evidence.ranking.order] if clauses else []
        numbered = self._numbered(understood, documents, ranked)
        if numbered:
            decision = Decision(answer=True, confidence=CERTAIN, reason="")
            return answered(understood, self._found(numbered[:k]), decision, main=k, whole=True)
        missing = [
            number for number in understood.numbers if all(is_missing(document, number) for document in documents)
        ]
        evidence = self._reread(evidence)
        ranked = [clauses[row] for row in evidence.ranking.order] if clauses else []
        decision = decide(evidence)
        if missing:
            decision = Decision(answer=False, confidence=1 - CERTAIN, reason=number_reason(missing))
        founds = self._found(ranked[:k])
        if decision.answer:
            shares = evidence.ranking.probabilities[evidence.ranking.order[:k]]
            main = int((shares >= MAIN * shares[0]).sum())
            return answered(understood, founds, decision, main=main)
        return not_found(understood, founds, decision, documents)

    def search(self, query: str, *, doc_ids: Names[str] | None = None, k: int = 10) -> tuple[SearchResult, ...]:
        """Find the `k` clauses that fit a query best.

        A clause number in it finds that clause first; then come clauses that hold its very words, then the others.
        """
        with running("search", self.watch):
            return self._searched(query, doc_ids, k)

    def _searched(self, query: str, doc_ids: Names[str] | None, k: int) -> tuple[SearchResult, ...]:
        understood = self._read(query, doc_ids)
        if not understood.text:
            return ()
        evidence, clauses = self.evidence(understood, doc_ids)
        if not clauses:
            return ()
        rows = {clause.clause_id: row for row, clause in enumerate(clauses)}
        order = sorted(evidence.ranking.order, key=lambda row: not _holds(clauses[row], understood.text))
        ranked = [clauses[row] for row in order]
        numbered = self._numbered(understood, self._chosen(doc_ids), ranked)
        ordered = list({clause.clause_id: clause for clause in [*numbered, *ranked]}.values())[:k]
        results: list[SearchResult] = []
        for place, found in enumerate(self._found(ordered), 1):
            row = rows[found.clause.clause_id]
            citation = cite(found)
            hit = Hit(
                clause_id=citation.clause_id,
                doc_id=citation.doc_id,
                rank=place,
                score=float(evidence.ranking.scores[row]),
                dense=float(evidence.scores.dense[row]),
                sparse=float(evidence.scores.sparse[row]),
            )
            results.append(SearchResult(citation, hit))
        return tuple(results)

    def _chosen(self, doc_ids: Names[str] | None) -> tuple[Document, ...]:
        return tuple(document for document in self.documents if doc_ids is None or document.doc_id in doc_ids)

    def evidence(self, question: Question, doc_ids: Names[str] | None) -> tuple[Evidence, list[Clause]]:
        """Search and rank; the clauses stand in the order of the rows."""
        with stage("search"):
            scores = self.index.scores(question.text, doc_ids=doc_ids)
        with stage("rank"):
            return self._ranked(question, scores)

    def _ranked(self, question: Question, scores: Scores) -> tuple[Evidence, list[Clause]]:
        entries: list[Entry] = [scores.entries[position] for position in scores.positions]
        clauses = [self._clauses[entry.clause_id][1] for entry in entries]
        texts = [simplified(entry.text) for entry in entries]
        written = " ".join(dict.fromkeys(word for concept in question.concepts for word in concept.written))
        lexicon_sparse = self.index.sparse_scores(written, scores.positions)
        word_weights = self.index.word_weights(question.text)
        ranking = rank(question, clauses, texts, scores, lexicon_sparse=lexicon_sparse, word_weights=word_weights)
        return Evidence(question, texts, ranking, scores, word_weights), clauses

    def _reread(self, evidence: Evidence) -> Evidence:
        """Rank once more, after the re-ranker has read the first clauses together with the question."""
        if not evidence.texts:
            return evidence
        read = worth_reading(evidence.ranking, evidence.scores.dense)
        with stage("open re-ranker"):
            reranker = self.reranker
        with stage("re-rank"):
            joint = reranker.scores(evidence.question.text, [evidence.texts[row] for row in read])
        weights = load_read_weights(kind_of(evidence.word_weights))
        return replace(evidence, ranking=reread(evidence.ranking, read, joint.astype(float), weights))

    def _numbered(
        self, question: Question, documents: Sequence[Document], ranked: Sequence[Clause]
    ) -> tuple[Clause, ...]:
        """Clauses that the question names by number; what stands under a heading in the order of the ranking."""
        found = {
            clause.clause_id: clause
            for number in question.numbers
            for document in documents
            for clause in find_numbered(document, number)
            if clause.kind is not ClauseKind.HEADING
        }
        if len(found) <= len(question.numbers):
            return tuple(found.values())
        return tuple(clause for clause in ranked if clause.clause_id in found)

    def _found(self, clauses: Sequence[Clause]) -> list[Found]:
        founds: list[Found] = []
        for clause in clauses:
            document = self._clauses[clause.clause_id][0]
            founds.append(Found(document, clause, prominence_of(clause), self._categories_of(document, clause)))
        return founds

    def _categories_of(self, document: Document, clause: Clause) -> tuple[Category, ...]:
        """Say what the review finds in one clause, without waiting for that of a whole document."""
        categories = self._categories.get(clause.clause_id)
        if categories is None:
            with stage("categories"):
                categories = categories_of(document, clause.clause_id, rules=self.settings.rules)
            self._categories[clause.clause_id] = categories
        return categories


def _refused(question: Question, reason: str, documents: Sequence[Document]) -> Answer:
    """Refuse what no search could answer."""
    decision = Decision(answer=False, confidence=1 - CERTAIN, reason=reason)
    return not_found(question, (), decision, documents)


def _holds(clause: Clause, query: str) -> bool:
    """Whether a clause holds every word of a query, as typed."""
    text = clause.text.lower()
    return all(word in text for word in query.lower().split())


def rebuild(
    collection: Collection, settings: Settings, *, progress: Callable[[int, int], None] | None = None
) -> HybridIndex:
    """Build the index of the collection from nothing and put it on disk, whatever lay there."""
    entries = [entry for document in collection.read().documents for entry in entries_of(document)]
    cache_dir = collection.folder / "vectors"
    index = HybridIndex.build(entries, load_encoder(settings.encoder), cache_dir=cache_dir, progress=progress)
    index.save(collection.folder / "index")
    return index


def _stored_index(
    collection: Collection,
    entries: Sequence[Entry],
    encoder: Encoder,
    progress: Callable[[int, int], None] | None,
) -> HybridIndex:
    """Load the index of the collection; build it when missing, and again when the documents have changed."""
    cache_dir = collection.folder / "vectors"
    folder = collection.folder / "index"
    if folder.exists():
        index = HybridIndex.load(folder, encoder, cache_dir=cache_dir)
        if index.corpus == hash_entries(entries):
            return index
    index = HybridIndex.build(entries, encoder, cache_dir=cache_dir, progress=progress)
    index.save(folder)
    return index
