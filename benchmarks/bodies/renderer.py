"""Headless rasteriser (moderngl on EGL; Mesa's software rasteriser is enough).

Each of several passes moves the picture by a fraction of a pixel and takes a few light
samples with shadow maps; their mean is smooth at edges and in the shadows.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from benchmarks.bodies import shaders
from benchmarks.bodies.camera import SceneView, look_at, orthographic, perspective
from benchmarks.bodies.mesh import Floats, Ints

FINE_PASSES, QUICK_PASSES = 8, 4
SHADOW_TILE = 512
SHADOW_COLUMNS = 8
SHADOW_RADIUS_M = 1.35
PERSON_CENTRE = np.array([0, 0, 0.95])


@dataclass(frozen=True)
class RenderMesh:
    """A world-space mesh with its material.

    `rest` anchors the procedural textures, `fields` and `features` are the shader's
    per-vertex values. `shadow` is the (positions, triangles) that casts the shadow, or
    None.
    """

    pos: Floats
    normals: Floats
    tris: Ints
    kind: int
    uniforms: dict[str, Any]
    rest: Floats | None = None
    fields: Floats | None = None
    features: Floats | None = None
    shadow: tuple[Floats, Ints] | None = None


@dataclass(frozen=True)
class Light:
    """One light sample: at a position (`near`) or from a direction, with its colour.

    `reference2` is the squared distance (m2) at which a near light has its full strength.
    """

    place: Floats
    color: Floats
    near: bool
    reference2: float = 1.0

    def shadow_view(self) -> Floats:
        """View-projection matrix of this light's shadow map."""
        if not self.near:
            direction = self.place / np.linalg.norm(self.place)
            eye = PERSON_CENTRE + direction * 4
            return orthographic(SHADOW_RADIUS_M, 0.1, 9.0) @ look_at(eye, PERSON_CENTRE)
        distance = float(np.linalg.norm(self.place - PERSON_CENTRE))
        angle = 2 * math.asin(min(0.95, SHADOW_RADIUS_M / distance))
        lens = perspective(angle, 1, max(0.05, distance - 2.2), distance + 4)
        return lens @ look_at(self.place, PERSON_CENTRE)


@dataclass(frozen=True)
class Ambient:
    """Light from everywhere: colour from above and from below."""

    above: Floats
    below: Floats


@dataclass
class _OnGpu:
    """A mesh's buffers on the GPU."""

    surface: Any
    shadow: Any
    mesh: RenderMesh
    buffers: list[Any] = field(default_factory=list)

    def release(self) -> None:
        for thing in (self.surface, self.shadow, *self.buffers):
            if thing is not None:
                thing.release()


class Renderer:
    """Keeps the GL context and the frame buffers between pictures.

    More passes make finer edges and smoother shadows; a power of two.
    """

    def __init__(self, passes: int) -> None:
        import moderngl

        self.passes = passes
        self.n_lights = passes * shaders.LIGHTS_PER_PASS
        self._shadow_rows = self.n_lights // SHADOW_COLUMNS
        self._gl = moderngl
        self._context = moderngl.create_context(standalone=True, backend="egl")
        self._program = self._context.program(shaders.VERTEX, shaders.FRAGMENT)
        self._shadow_program = self._context.program(shaders.SHADOW_VERTEX, shaders.SHADOW_FRAGMENT)
        size = (SHADOW_TILE * SHADOW_COLUMNS, SHADOW_TILE * self._shadow_rows)
        self._atlas = self._context.depth_texture(size)
        self._atlas.compare_func = "<="
        self._atlas.filter = (moderngl.LINEAR, moderngl.LINEAR)
        self._atlas_buffer = self._context.framebuffer(depth_attachment=self._atlas)
        self._frame: Any = None

    def render(
        self, meshes: list[RenderMesh], view: SceneView, lights: list[Light], ambient: Ambient
    ) -> tuple[Floats, Floats]:
        """Return linear RGB (height, width, 3) and people's coverage (height, width)."""
        if len(lights) != self.n_lights:
            raise ValueError(f"need {self.n_lights} light samples, got {len(lights)}")
        width, height = view.size
        self._use_frame(view.size)
        on_gpu = [self._upload(mesh) for mesh in meshes]
        shadow_views, tiles = self._shadow_maps(on_gpu, lights)
        self._set("VP", view.matrix.T)
        self._set("cam", view.eye)
        self._set("amb_up", ambient.above)
        self._set("amb_dn", ambient.below)
        self._atlas.use(0)
        self._set("atlas", 0)
        total = np.zeros((height, width, 4), "f4")
        for number in range(self.passes):
            chosen = slice(number, None, self.passes)
            self._set_lights(lights[chosen], shadow_views[chosen], tiles[chosen])
            self._set("seed", number * 13.7)
            self._set("jitter", 2 * _jitter(number, self.passes) / (width, height))
            total += self._draw(on_gpu, width, height)
        for item in on_gpu:
            item.release()
        total = total[::-1] / self.passes
        return total[..., :3], total[..., 3]

    def _use_frame(self, size: tuple[int, int]) -> None:
        if self._frame is not None and self._frame.size == size:
            return
        if self._frame is not None:
            self._frame.release()
        color = self._context.texture(size, 4, dtype="f4")
        self._frame = self._context.framebuffer([color], self._context.depth_renderbuffer(size))

    def _upload(self, mesh: RenderMesh) -> _OnGpu:
        none = np.zeros((len(mesh.pos), 4))
        rest = mesh.pos if mesh.rest is None else mesh.rest
        fields = none if mesh.fields is None else mesh.fields
        features = none if mesh.features is None else mesh.features
        values = np.concatenate([mesh.pos, mesh.normals, rest, fields, features], 1)
        vertices = self._context.buffer(values.astype("f4").tobytes())
        indices = self._context.buffer(mesh.tris.astype("i4").tobytes())
        names = ("in_pos", "in_nrm", "in_rest", "in_f0", "in_f1")
        surface = self._context.vertex_array(
            self._program, [(vertices, "3f 3f 3f 4f 4f", *names)], indices
        )
        item = _OnGpu(surface, None, mesh, [vertices, indices])
        if mesh.shadow is not None:
            pos, tris = mesh.shadow
            vertices = self._context.buffer(pos.astype("f4").tobytes())
            indices = self._context.buffer(tris.astype("i4").tobytes())
            content = [(vertices, "3f", "in_pos")]
            item.shadow = self._context.vertex_array(self._shadow_program, content, indices)
            item.buffers += [vertices, indices]
        return item

    def _shadow_maps(self, on_gpu: list[_OnGpu], lights: list[Light]) -> tuple[Floats, Floats]:
        """Draw every light's depth into its tile; return light matrices and tiles."""
        self._atlas_buffer.use()
        self._atlas_buffer.clear(depth=1.0)
        self._context.enable(self._gl.DEPTH_TEST)
        self._context.disable(self._gl.CULL_FACE)
        matrices, tiles, rows = [], [], self._shadow_rows
        for i, light in enumerate(lights):
            row, column = divmod(i, SHADOW_COLUMNS)
            corner = (column * SHADOW_TILE, row * SHADOW_TILE)
            self._atlas_buffer.viewport = (*corner, SHADOW_TILE, SHADOW_TILE)
            matrix = light.shadow_view()
            self._shadow_program["VP"].write(matrix.T.astype("f4").tobytes())
            for item in on_gpu:
                if item.shadow is not None:
                    item.shadow.render()
            matrices.append(matrix.T)
            tile = (column / SHADOW_COLUMNS, row / rows, 1 / SHADOW_COLUMNS, 1 / rows)
            tiles.append(tile)
        return np.array(matrices), np.array(tiles)

    def _set_lights(self, lights: list[Light], matrices: Floats, tiles: Floats) -> None:
        self._set("lp", np.array([light.place for light in lights]))
        self._set("lc", np.array([light.color for light in lights]) * self.passes)
        self._set("lflag", np.array([[light.near, light.reference2] for light in lights]))
        self._set("LV", matrices)
        self._set("tile", tiles)

    def _draw(self, on_gpu: list[_OnGpu], width: int, height: int) -> Floats:
        self._frame.use()
        self._frame.clear()
        self._context.viewport = (0, 0, width, height)
        for item in on_gpu:
            self._set("kind", item.mesh.kind)
            for name, value in item.mesh.uniforms.items():
                self._set(name, value)
            item.surface.render()
        data = self._frame.read(components=4, dtype="f4")
        return np.frombuffer(data, "f4").reshape(height, width, 4)

    def _set(self, name: str, value: Any) -> None:
        """Set a uniform; the compiler drops those it does not need."""
        if name not in self._program:
            return
        uniform = self._program[name]
        if isinstance(value, np.ndarray):
            uniform.write(np.ascontiguousarray(value, "f4").tobytes())
        else:
            uniform.value = value


def _jitter(number: int, count: int) -> Floats:
    """One of `count` low-discrepancy offsets within the pixel, -.5...5."""
    bits = f"{number:0{count.bit_length() - 1}b}"
    return (np.array([number, int(bits[::-1], 2)]) + 0.5) / count - 0.5
