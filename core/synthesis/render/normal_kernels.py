# type: ignore
# (kernels are in the language of Warp, which no type checker can follow)
"""Normals of the vertices, from the faces around them."""

import warp as wp

from core.synthesis.render.warp_module import kernel


@kernel
def add_normals(
    vertices: wp.array[wp.vec3],
    indices: wp.array[int],
    normals: wp.array[wp.vec3],
) -> None:
    """Add every face's normal, as long as twice its area, to its vertices."""
    at = wp.tid()
    i = indices[3 * at]
    j = indices[3 * at + 1]
    k = indices[3 * at + 2]
    normal = wp.cross(vertices[j] - vertices[i], vertices[k] - vertices[i])
    wp.atomic_add(normals, i, normal)
    wp.atomic_add(normals, j, normal)
    wp.atomic_add(normals, k, normal)
