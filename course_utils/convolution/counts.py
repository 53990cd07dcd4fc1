"""Units, parameters and connections of a network, counted layer by layer as the papers count them.

A connection is one weight at one place: a kernel of 25 weights on 64 places makes 1,600. A unit's
bias counts as one connection. Shared weights are one parameter each.

LeCun et al. (1989), "Backpropagation applied to handwritten zip code recognition", Neural
Computation 1(4), and LeCun, Bottou, Bengio and Haffner (1998), "Gradient-based learning applied to
document recognition", Proceedings of the IEEE 86(11), section II.B.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from course_utils.convolution.sizes import whole


class Count(NamedTuple):
    """What one layer, or a whole network, has."""

    #: Numbers that the network computes, the input's pixels included.
    units: int
    #: Numbers that are learnt.
    parameters: int
    #: Products and biases that one image takes.
    connections: int


@dataclass(frozen=True)
class Input:
    """An image of side × side pixels."""

    name: str
    side: int

    def count(self) -> Count:
        """One unit per pixel."""
        return Count(self.side**2, 0, 0)


@dataclass(frozen=True)
class Convolution:
    """Feature maps behind a square kernel.

    Parameters
    ----------
    name
        As in the paper.
    sees
        For each map, how many of the maps before it it sees.
    kernel
        Side of the kernel.
    side
        Side of the maps.
    own_biases
        Whether each unit has a bias of its own (1989), or the units of a map share one (1998).
    """

    name: str
    sees: Sequence[int]
    kernel: int
    side: int = 1
    own_biases: bool = False

    def count(self) -> Count:
        """A kernel per map and map seen.

        Raises
        ------
        ValueError
            Where a number is no length.
        """
        weights = sum(whole(seen, "maps seen", 1) for seen in self.sees) * (
            whole(self.kernel, "kernel", 1) ** 2
        )
        places, maps = whole(self.side, "side", 1) ** 2, len(self.sees)
        biases = maps * places if self.own_biases else maps
        return Count(maps * places, weights + biases, places * (weights + maps))


@dataclass(frozen=True)
class Subsampling:
    """Sums of windows, times a weight that each map learns, plus a bias that each map learns."""

    name: str
    maps: int
    size: int
    side: int

    def count(self) -> Count:
        """Two parameters a map; every unit is connected to size² units, and has its bias."""
        units = self.maps * self.side**2
        return Count(units, 2 * self.maps, units * (self.size**2 + 1))


@dataclass(frozen=True)
class Full:
    """Units that are each connected to all before them, with a bias."""

    name: str
    inputs: int
    outputs: int

    def count(self) -> Count:
        """A weight per pair, and a bias per unit."""
        connections = (self.inputs + 1) * self.outputs
        return Count(self.outputs, connections, connections)


@dataclass(frozen=True)
class Distances:
    """Outputs that measure the distance to a fixed drawing: connections, but nothing to learn."""

    name: str
    inputs: int
    outputs: int

    def count(self) -> Count:
        """A connection per pair."""
        return Count(self.outputs, 0, self.inputs * self.outputs)


Layer = Input | Convolution | Subsampling | Full | Distances

#: LeCun et al. (1989): 9,760 parameters, 1,256 units, 64,660 connections.
LENET_1989: tuple[Layer, ...] = (
    Input("input", 16),
    Convolution("H1", [1] * 12, 5, 8, own_biases=True),
    Convolution("H2", [8] * 12, 5, 4, own_biases=True),
    Full("H3", 12 * 4**2, 30),
    Full("output", 30, 10),
)

#: Maps before it that each map of LeNet-5's C3 sees (LeCun et al., 1998, table I).
C3_SEES = (
    *[(k, (k + 1) % 6, (k + 2) % 6) for k in range(6)],  # three in a row
    *[(k, (k + 1) % 6, (k + 2) % 6, (k + 3) % 6) for k in range(6)],  # four in a row
    *[(k, (k + 1) % 6, (k + 3) % 6, (k + 4) % 6) for k in range(3)],  # two pairs
    (0, 1, 2, 3, 4, 5),
)

#: LeCun et al. (1998): 60,000 parameters, 340,908 connections.
LENET_5: tuple[Layer, ...] = (
    Input("input", 32),
    Convolution("C1", [1] * 6, 5, 28),
    Subsampling("S2", 6, 2, 14),
    Convolution("C3", [len(seen) for seen in C3_SEES], 5, 10),
    Subsampling("S4", 16, 2, 5),
    Convolution("C5", [16] * 120, 5, 1),
    Full("F6", 120, 84),
    Distances("output", 84, 10),
)


def count(layers: Sequence[Layer]) -> dict[str, Count]:
    """{name: its count} of each layer, in order."""
    return {layer.name: layer.count() for layer in layers}


def total(layers: Sequence[Layer]) -> Count:
    """Sums over all layers."""
    return Count(*(sum(column) for column in zip(*count(layers).values(), strict=True)))
