"""Polygon meshes: subdivision, normals and a few simple solids."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Solid:
    """A ready mesh: positions and unit normals (n, 3), triangles (m, 3)."""

    pos: Floats
    normals: Floats
    tris: Ints


def load_obj_groups(path: Path) -> tuple[Floats, dict[str, tuple[Ints, Ints]]]:
    """Read a Wavefront file.

    Returns the texture coordinates and, by group name, quads of vertex indices and of
    texture indices; a triangle repeats its last corner.
    """
    uv: list[list[float]] = []
    groups: dict[str, list[list[list[int]]]] = {}
    name = ""
    with path.open() as lines:
        for line in lines:
            key, _, rest = line.partition(" ")
            if key == "vt":
                uv.append([float(t) for t in rest.split()[:2]])
            elif key == "g":
                name = rest.strip()
            elif key == "f":
                corners = [[int(i) for i in word.split("/")[:2]] for word in rest.split()]
                groups.setdefault(name, []).append((corners + corners[-1:])[:4])
    quads = {name: np.array(faces) - 1 for name, faces in groups.items()}
    return np.array(uv), {name: (q[:, :, 0], q[:, :, 1]) for name, q in quads.items()}


def catmull_clark(quads: Ints, n_vertices: int) -> tuple[sp.csr_matrix, Ints]:
    """One Catmull-Clark step: a sparse matrix old -> new vertices, and the new quads.

    New vertices are ordered old vertices, edge points, face points.
    """
    n_faces = len(quads)
    corners, flat = np.repeat(np.arange(n_faces), 4), quads.ravel()
    sides = np.sort(np.stack([quads, np.roll(quads, -1, 1)], 2).reshape(-1, 2), 1)
    edges, edge_of_side = np.unique(sides, axis=0, return_inverse=True)
    edge_of_side = edge_of_side.reshape(n_faces, 4)
    n_edges = len(edges)
    is_border = np.bincount(edge_of_side.ravel(), minlength=n_edges) != 2
    edge_ends, edge_index = edges.ravel(), np.repeat(np.arange(n_edges), 2)

    def incidence(rows: Ints, columns: Ints, value: float, shape: tuple[int, int]) -> sp.csr_matrix:
        return sp.csr_matrix((np.full(len(rows), value), (rows, columns)), shape)

    face_points = incidence(corners, flat, 0.25, (n_faces, n_vertices))
    midpoints = incidence(edge_index, edge_ends, 0.5, (n_edges, n_vertices))
    edge_faces = incidence(edge_of_side.ravel(), corners, 0.25, (n_edges, n_faces))
    smooth_edges = midpoints * 0.5 + edge_faces @ face_points
    edge_points = _choose(is_border, midpoints, smooth_edges)

    vertex_faces = incidence(flat, corners, 1.0, (n_vertices, n_faces))
    vertex_edges = incidence(edge_ends, edge_index, 1.0, (n_vertices, n_edges))
    valence = np.maximum(np.bincount(flat, minlength=n_vertices).astype(float), 1)
    edge_valence = np.maximum(np.bincount(edge_ends, minlength=n_vertices).astype(float), 1)
    inner = (
        sp.diags(1 / valence**2) @ (vertex_faces @ face_points)
        + sp.diags(2 / valence / edge_valence) @ (vertex_edges @ midpoints)
        + sp.diags((valence - 3) / valence)
    )
    border_edges = vertex_edges @ sp.diags(is_border.astype(float))
    n_border = np.maximum(np.asarray(border_edges.sum(1)).ravel(), 1)
    border = sp.diags(np.full(n_vertices, 0.5)) + sp.diags(0.5 / n_border) @ (
        border_edges @ midpoints
    )
    on_border = np.zeros(n_vertices, bool)
    on_border[edges[is_border].ravel()] = True
    vertex_points = _choose(on_border, border, inner)

    first_edge, first_face = n_vertices, n_vertices + n_edges
    face_ids = (np.arange(n_faces) + first_face)[:, None].repeat(4, 1)
    after, before = edge_of_side + first_edge, np.roll(edge_of_side, 1, 1) + first_edge
    fine_quads = np.stack([quads, after, face_ids, before], 2).reshape(-1, 4)
    return sp.vstack([vertex_points, edge_points, face_points]).tocsr(), fine_quads


def _choose(use_first: Bools, first: sp.csr_matrix, second: sp.csr_matrix) -> sp.csr_matrix:
    """Take each row from the first or the second matrix."""
    chosen = sp.diags(use_first.astype(float)) @ first
    return sp.csr_matrix(chosen + sp.diags((~use_first).astype(float)) @ second)


def triangles_of_quads(quads: Ints) -> Ints:
    """Split quads in two, dropping the empty halves of repeated corners."""
    tris = np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])
    a, b, c = tris.T
    return np.asarray(tris[(a != b) & (b != c) & (a != c)])


def edges_of(tris: Ints) -> Ints:
    """Return every undirected edge once, (n, 2)."""
    sides = np.concatenate([tris[:, [0, 1]], tris[:, [1, 2]], tris[:, [2, 0]]]).astype(np.int64)
    n_vertices = int(tris.max(initial=0)) + 1
    codes = np.unique(sides.min(1) * n_vertices + sides.max(1))
    return np.stack(np.divmod(codes, n_vertices), 1)


def neighbour_average(tris: Ints, n_vertices: int) -> sp.csr_matrix:
    """Return the matrix that replaces each vertex by the mean of its neighbours."""
    edges = edges_of(tris)
    links = sp.csr_matrix((np.ones(len(edges)), edges.T), (n_vertices, n_vertices))
    links = links + links.T
    count = np.maximum(np.asarray(links.sum(1)).ravel(), 1)
    return (sp.diags(1 / count) @ links).tocsr()


def vertex_normals(pos: Floats, tris: Ints) -> Floats:
    """Area-weighted unit normals at the vertices."""
    a, b, c = pos[tris[:, 0]], pos[tris[:, 1]], pos[tris[:, 2]]
    face = np.cross(b - a, c - a)
    normals = np.zeros_like(pos)
    for corner in range(3):
        for axis in range(3):
            normals[:, axis] += np.bincount(tris[:, corner], face[:, axis], minlength=len(pos))
    length = np.linalg.norm(normals, axis=1, keepdims=True)
    return np.asarray(normals / np.maximum(length, 1e-12))


def split_inside(tris: Ints, inside: Bools) -> tuple[sp.csr_matrix, Ints]:
    """Halve every edge between two vertices that lie inside (n,).

    Returns a sparse matrix old -> new vertices, old ones first, and the new triangles.
    """
    n = len(inside)
    edges = edges_of(tris)
    edges = edges[inside[edges].all(1)]
    middle = sp.csr_matrix((np.arange(len(edges)) + n + 1, edges.T), (n, n))
    sides = np.sort(np.stack([tris, np.roll(tris, -1, 1)], 2), 2).reshape(-1, 2)
    # Vertex in the middle of each side, -1 where it stays whole; all three sides or one are split.
    mid = np.asarray(middle[sides[:, 0], sides[:, 1]]).reshape(-1, 3) - 1
    n_split = (mid >= 0).sum(1)
    (a, b, c), (ab, bc, ca) = tris[n_split == 3].T, mid[n_split == 3].T
    quarters = [(a, ab, ca), (ab, b, bc), (ca, bc, c), (ab, bc, ca)]
    one, at = tris[n_split == 1], mid[n_split == 1].argmax(1)
    p, q, r = (np.take_along_axis(one, ((at + k) % 3)[:, None], 1)[:, 0] for k in range(3))
    m = mid[n_split == 1].max(1)
    halves = [(p, m, r), (m, q, r)]
    new = [np.stack(corners, 1) for corners in quarters + halves]
    midpoints = sp.csr_matrix(
        (np.full(2 * len(edges), 0.5), (np.repeat(np.arange(len(edges)), 2), edges.ravel())),
        (len(edges), n),
    )
    matrix = sp.csr_matrix(sp.vstack([sp.identity(n), midpoints]))
    return matrix, np.concatenate([tris[n_split == 0], *new])


class SubMesh:
    """A part of the full body mesh, subdivided once, and further where it was asked for.

    `ids` are its vertices in the full mesh, `coarse`, `smooth` and `tris` its triangles before
    subdivision, after it and after all splitting, on its own numbering; `split` carries values
    after subdivision to all vertices.
    """

    def __init__(self, quads: Ints, uv: Floats | None = None, uv_quads: Ints | None = None):
        self.ids, compact = np.unique(quads, return_inverse=True)
        compact = compact.reshape(quads.shape)
        self.coarse = triangles_of_quads(compact)
        self.uv = np.zeros((len(self.ids), 2))
        if uv is not None and uv_quads is not None:
            self.uv[compact.ravel()] = uv[uv_quads.ravel()]
        self.subdivide, fine_quads = catmull_clark(compact, len(self.ids))
        self.smooth = self.tris = triangles_of_quads(fine_quads)
        self.split = sp.identity(self.subdivide.shape[0], format="csr")

    def split_where(self, inside: Bools, times: int) -> None:
        """Halve the edges between vertices inside (full mesh), `times` times."""
        fine = self.subdivide @ inside[self.ids].astype(float) > 0.5
        for _ in range(times):
            matrix, self.tris = split_inside(self.tris, fine)
            self.split = matrix @ self.split
            fine = np.concatenate([fine, np.ones(matrix.shape[0] - len(fine), bool)])

    def fine(self, full: Floats) -> Floats:
        """Carry values on the full coarse mesh to this part's fine vertices."""
        return np.asarray(self.split @ (self.subdivide @ full[self.ids]))


def grid_triangles(n_rows: int, n_columns: int, closed: bool) -> Ints:
    """Triangles of a grid of vertices in row order; `closed` joins last and first column."""
    columns = np.arange(n_columns if closed else n_columns - 1)
    right = (columns + 1) % n_columns
    start = np.arange(n_rows - 1)[:, None] * n_columns
    below = start + n_columns
    corners = [start + columns, start + right, below + right, below + columns]
    return triangles_of_quads(np.stack(corners, -1).reshape(-1, 4))


def sphere(centre: Floats, radius: float, n: int = 24) -> Solid:
    """A ball with n rings."""
    polar, around = np.meshgrid(
        np.linspace(0, np.pi, n), np.linspace(0, 2 * np.pi, 2 * n), indexing="ij"
    )
    ring = np.sin(polar)
    unit = np.stack([ring * np.cos(around), ring * np.sin(around), np.cos(polar)], -1)
    unit = unit.reshape(-1, 3)
    return Solid(centre + radius * unit, unit, grid_triangles(n, 2 * n, closed=False))


def rectangle(
    origin: npt.ArrayLike, side_a: npt.ArrayLike, side_b: npt.ArrayLike, normal: npt.ArrayLike
) -> Solid:
    """A flat rectangle."""
    o, a, b = (np.asarray(v, float) for v in (origin, side_a, side_b))
    corners = np.array([o, o + a, o + a + b, o + b])
    normals = np.tile(np.asarray(normal, float), (4, 1))
    return Solid(corners, normals, np.array([[0, 1, 2], [0, 2, 3]]))


def box(centre: npt.ArrayLike, size: npt.ArrayLike) -> Solid:
    """An upright box."""
    centre, half = np.asarray(centre, float), np.asarray(size, float) / 2
    sides = []
    for axis in range(3):
        for direction in (-1.0, 1.0):
            normal, a, b = np.zeros(3), np.zeros(3), np.zeros(3)
            normal[axis] = direction
            a[(axis + 1) % 3] = 2 * half[(axis + 1) % 3]
            b[(axis + 2) % 3] = 2 * half[(axis + 2) % 3]
            sides.append(rectangle(centre + normal * half - a / 2 - b / 2, a, b, normal))
    return Solid(
        np.concatenate([s.pos for s in sides]),
        np.concatenate([s.normals for s in sides]),
        np.concatenate([s.tris + 4 * i for i, s in enumerate(sides)]),
    )
