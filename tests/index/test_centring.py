"""What all questions have in common is taken out of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from index.centring import Centre, centre_of, reference_means, unit

if TYPE_CHECKING:
    from index.encoder import Encoder
    from tests.index.conftest import LetterEncoder


def test_centred_vectors_have_length_1_and_lose_the_mean() -> None:
    vectors = unit(np.random.default_rng(3).standard_normal((50, 8)).astype(np.float32) + 5)
    centre = Centre(question=vectors.mean(axis=0), clause=np.zeros(8, np.float32))
    centred = centre.questions(vectors)
    assert np.linalg.norm(centred, axis=1) == pytest.approx(1, abs=1e-6)
    assert np.linalg.norm(centred.mean(axis=0)) < 0.2 < 0.9 < np.linalg.norm(vectors.mean(axis=0))
    assert centre.clauses(vectors) == pytest.approx(vectors, abs=1e-6)


def test_a_vector_at_the_centre_becomes_0_not_nan() -> None:
    same = np.ones((1, 4), np.float32)
    assert Centre(same[0], same[0]).questions(same).tolist() == [[0, 0, 0, 0]]


def test_an_encoder_without_a_centre_is_centred_by_the_reference_texts(letters: LetterEncoder) -> None:
    centre = centre_of(letters)
    assert np.stack([centre.question, centre.clause]).tolist() == reference_means(letters).tolist()
    assert len(letters.encoded) == 100


def test_the_centre_of_the_base_points_where_the_reference_texts_do(base: Encoder) -> None:
    """It was measured on thousands of questions; the fifty in the package say nearly the same."""
    centre, means = centre_of(base), reference_means(base)
    assert float(unit(centre.question) @ unit(means[0])) > 0.99
    assert float(unit(centre.clause) @ unit(means[1])) > 0.97


def test_bytes_give_the_same_centre() -> None:
    centre = Centre(np.arange(3, dtype=np.float32), np.ones(3, np.float32))
    again = Centre.from_bytes(centre.to_bytes())
    assert (again.question.tolist(), again.clause.tolist()) == ([0, 1, 2], [1, 1, 1])
    with pytest.raises(ValueError, match=r"."):
        Centre.from_bytes(b"nothing of the kind")
