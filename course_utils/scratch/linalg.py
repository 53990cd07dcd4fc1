"""`linalg`: norms, solving, and decompositions of matrices.

Solving, inverses and determinants have derivatives; decompositions are computed without.
"""

from collections import namedtuple
from collections.abc import Sequence

from course_utils.scratch.arrays import quiet
from course_utils.scratch.graph import RESULT, record
from course_utils.scratch.operation import operation
from course_utils.scratch.recording import mode
from course_utils.scratch.tensor import Tensor, wrap

EigenPairs = namedtuple("EigenPairs", "eigenvalues eigenvectors")
SingularValues = namedtuple("SingularValues", "U S Vh")
OrthogonalTimesTriangle = namedtuple("OrthogonalTimesTriangle", "Q R")
LogDeterminant = namedtuple("LogDeterminant", "sign logabsdet")


class LinAlgError(RuntimeError):
    """A matrix that the computation does not work for: singular, or not positive definite."""


def _square(A: Tensor) -> None:
    if A.ndim < 2 or A.array.shape[-1] != A.array.shape[-2]:
        raise RuntimeError(
            f"linalg: A must be batches of square matrices, but its shape is {tuple(A.shape)}"
        )


def _computed(name: str, A: Tensor, *args: object, **options: object) -> object:
    """The result of the library's own function; its failure as one line."""
    try:
        return getattr(A.xp.linalg, name)(A.array, *args, **options)
    except (ValueError, RuntimeError) as error:  # NumPy's LinAlgError is a ValueError
        raise LinAlgError(f"linalg.{name} of a matrix of shape {tuple(A.shape)}: {error}") from None


def _constant(name: str, A: Tensor, **options: object) -> object:
    """As `_computed`, for what has no derivative here: refused where one would be recorded."""
    if mode.recording and A.requires_grad:
        raise NotImplementedError(
            f"linalg.{name} has no derivative in this engine; give it A.detach()"
        )
    return _computed(name, A, **options)


@quiet
def inv(A: Tensor) -> Tensor:
    """The inverse, (…, n, n). Its adjoint is −Yᵀ g Yᵀ for Y = A⁻¹."""
    _square(A)
    return record(_computed("inv", A), (A, lambda g, y: -(y.mT @ g @ y.mT)), saves=RESULT)


@quiet
def solve(A: Tensor, B: Tensor) -> Tensor:
    """X with A X = B: (…, n, n), (n) or (…, n, m). The adjoint of B solves with Aᵀ."""
    _square(A)
    if B.ndim == 1:
        return solve(A, B.unsqueeze(1)).squeeze(-1)

    def of_matrix(g: Tensor, x: Tensor) -> Tensor:
        return -(solve(A.mT, g) @ x.mT)

    edges = (A, of_matrix), (B, lambda g, x: solve(A.mT, g))
    return record(_computed("solve", A, B.array), *edges, saves=(RESULT, A))


def slogdet(A: Tensor) -> LogDeterminant:
    """Sign and logarithm of the size of the determinant; the adjoint of the second is g A⁻ᵀ."""
    _square(A)
    sign, size = _computed("slogdet", A)
    size = record(size, (A, lambda g: g.reshape(*g.shape, 1, 1) * inv(A).mT), saves=(A,))
    return LogDeterminant(wrap(sign), size)


@operation
def det(input: Tensor) -> Tensor:
    """The determinant, (…, n, n) → (…); its adjoint is g det(A) A⁻ᵀ."""
    _square(input)

    def derivative(g: Tensor, y: Tensor) -> Tensor:
        return (g * y).reshape(*y.shape, 1, 1) * inv(input).mT

    return record(_computed("det", input), (input, derivative), saves=(RESULT, input))


@operation
def logdet(input: Tensor) -> Tensor:
    """Logarithm of the determinant; NaN where that is negative."""
    sign, size = slogdet(input)
    return size + sign.log() * 0


def cholesky(A: Tensor) -> Tensor:
    """L, lower triangular, with L Lᵀ = A for a positive definite A."""
    return wrap(_constant("cholesky", A))


def eigh(A: Tensor) -> EigenPairs:
    """Eigenvalues, smallest first, and eigenvectors in columns, of a symmetric matrix."""
    return EigenPairs(*map(wrap, _constant("eigh", A)))


def eigvalsh(A: Tensor) -> Tensor:
    """Eigenvalues of a symmetric matrix, smallest first."""
    return eigh(A).eigenvalues


def svd(A: Tensor, full_matrices: bool = True) -> SingularValues:
    """U, S, Vh with A = U diag(S) Vh; the singular values S largest first."""
    return SingularValues(*map(wrap, _constant("svd", A, full_matrices=full_matrices)))


def svdvals(A: Tensor) -> Tensor:
    """Singular values, largest first."""
    return svd(A, full_matrices=False).S


def qr(A: Tensor, mode: str = "reduced") -> OrthogonalTimesTriangle:
    """Q with orthonormal columns and R upper triangular, A = Q R."""
    return OrthogonalTimesTriangle(*map(wrap, _constant("qr", A, mode=mode)))


def pinv(A: Tensor) -> Tensor:
    """The pseudo-inverse."""
    return wrap(_constant("pinv", A))


def matrix_rank(A: Tensor) -> Tensor:
    """How many singular values are not 0 within rounding."""
    return wrap(A.xp.asarray(_computed("matrix_rank", A)))


def vector_norm(
    x: Tensor, ord: float = 2, dim: int | Sequence[int] | None = None, keepdim: bool = False
) -> Tensor:
    """`(Σ |x|^ord)^(1/ord)` over the dimensions `dim`."""
    return x.norm(ord, dim, keepdim)


def norm(
    A: Tensor,
    ord: float | None = None,
    dim: int | Sequence[int] | None = None,
    keepdim: bool = False,
) -> Tensor:
    """As `vector_norm`; of a matrix, the root of the sum of squares."""
    return A.norm(2 if ord is None else ord, dim, keepdim)
