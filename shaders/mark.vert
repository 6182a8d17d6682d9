// Beads, walkers, minima and arrow heads: squares of constant size on the screen, shaped by the fragment shader.
layout(location = 0) in vec3 position;
layout(location = 1) in vec4 look;  // radius, shape, angle, rim
layout(location = 2) in vec4 fill;
layout(location = 3) in vec4 edge;

uniform mat4 clip;
uniform vec2 area;
uniform vec3 lift;
uniform float pixel_ratio;

out vec2 at;
flat out vec4 mark;
flat out vec4 inner;
flat out vec4 outer;

void main() {
  vec2 corner = vec2((gl_VertexID & 1) == 1 ? 1.0 : -1.0, (gl_VertexID & 2) == 2 ? 1.0 : -1.0);
  at = corner * (look.x + 1.5);
  mark = look;
  inner = fill;
  outer = edge;
  vec4 p = clip * vec4(position, 1.0), nearer = clip * vec4(position + lift * (1.0 + look.x / (4.0 * pixel_ratio)), 1.0);
  gl_Position = vec4(p.xy / p.w + 2.0 * at / area, nearer.z / nearer.w, 1.0);
}
