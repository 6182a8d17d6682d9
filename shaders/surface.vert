// The mesh: a grid of heights; the place of a vertex follows from its index.
layout(location = 0) in float height;
layout(location = 1) in vec2 slope;
layout(location = 2) in vec2 scale;  // colour, contour

uniform mat4 clip;
uniform vec2 half_size;
uniform float side;  // vertices along a side
uniform sampler2D overlay;
uniform float fog;         // 1: the overlay's alpha hides
uniform float fog_height;  // where the mist lies

out vec2 place;
out vec2 slopes;
out vec2 scales;

void main() {
  int n = int(side);
  vec2 grid = vec2(float(gl_VertexID % n), float(gl_VertexID / n)) / float(n - 1);
  place = (2.0 * grid - 1.0) * half_size;
  slopes = slope;
  scales = scale;
  float hidden = fog > 0.0 ? textureLod(overlay, grid, 0.0).a : 0.0;
  gl_Position = clip * vec4(place, mix(height, fog_height, hidden), 1.0);
}
