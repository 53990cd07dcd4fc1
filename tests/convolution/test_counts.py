import pytest
import torch

from course_utils.convolution import counts
from course_utils.convolution.counts import Convolution, Count, Distances, Full, Subsampling


def test_the_network_of_1989_as_its_paper_counts_it():
    # Section 3.3: units, connections and parameters of each layer; totals at its end.
    found = counts.count(counts.LENET_1989)
    assert found["H1"] == Count(units=768, parameters=1_068, connections=19_968)
    assert found["H2"] == Count(units=192, parameters=2_592, connections=38_592)
    assert found["H3"] == Count(units=30, parameters=5_790, connections=5_790)
    assert found["output"] == Count(units=10, parameters=310, connections=310)
    total = counts.total(counts.LENET_1989)
    assert total == Count(units=1_256, parameters=9_760, connections=64_660)


def test_lenet5_as_its_paper_counts_it():
    found = counts.count(counts.LENET_5)
    parameters = {name: layer.parameters for name, layer in found.items()}
    assert parameters == {
        "input": 0,
        "C1": 156,
        "S2": 12,
        "C3": 1_516,
        "S4": 32,
        "C5": 48_120,
        "F6": 10_164,
        "output": 0,
    }
    connections = {name: layer.connections for name, layer in found.items()}
    assert connections["C1"] == 122_304
    assert connections["S2"] == 5_880
    assert connections["C3"] == 151_600
    assert connections["S4"] == 2_000
    total = counts.total(counts.LENET_5)
    assert (total.parameters, total.connections) == (60_000, 340_908)


def test_table_one():
    assert [len(seen) for seen in counts.C3_SEES] == [3] * 6 + [4] * 9 + [6]
    assert len({frozenset(seen) for seen in counts.C3_SEES}) == 16
    # Table I: each map of S2 is seen by 10 maps of C3.
    assert [sum(k in seen for seen in counts.C3_SEES) for k in range(6)] == [10] * 6
    columns = [set(seen) for seen in counts.C3_SEES]
    assert columns[12:] == [{0, 1, 3, 4}, {1, 2, 4, 5}, {0, 2, 3, 5}, {0, 1, 2, 3, 4, 5}]


def test_layers_have_as_many_parameters_as_pytorchs():
    def learnt(module):
        return sum(p.numel() for p in module.parameters())

    assert Convolution("", [3] * 8, 5, 10).count().parameters == learnt(torch.nn.Conv2d(3, 8, 5))
    assert Full("", 7, 4).count().parameters == learnt(torch.nn.Linear(7, 4))
    assert Subsampling("", 6, 2, 14).count() == Count(6 * 196, 12, 6 * 196 * 5)
    assert Distances("", 84, 10).count() == Count(10, 0, 840)


def test_bad_layers_are_refused():
    for layer in Convolution("", [0], 5), Convolution("", [1], 0), Convolution("", [1], 5, 0):
        with pytest.raises(ValueError, match="should be a whole number"):
            layer.count()
