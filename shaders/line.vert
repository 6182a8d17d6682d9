// Polylines of constant width on the screen. One instance a segment, from b to c, knowing its neighbours a and d; the fragment shader
// gives each pixel to the nearest of the three, so that joints are round and nothing is painted twice.
layout(location = 1) in vec3 a;
layout(location = 2) in vec3 b;
layout(location = 3) in vec2 b_more;  // row, fade
layout(location = 4) in vec3 c;
layout(location = 5) in vec2 c_more;
layout(location = 6) in vec3 d;

uniform mat4 clip;
uniform vec2 area;      // device pixels
uniform float reach;    // half width with outline and soft edge, pixels
uniform vec3 lift;      // moves the depth, not the picture, towards the eye

out vec2 pixel_at;
flat out vec4 ends;     // b, c on the screen
flat out vec4 others;   // a, d
flat out vec4 more;     // row and fade at b, at c

vec2 on_screen(vec4 p) { return 0.5 * area * p.xy / p.w; }

void main() {
  if (b_more.y <= 0.0 && c_more.y <= 0.0) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    pixel_at = vec2(0.0);
    ends = others = more = vec4(0.0);
    return;
  }
  vec2 p = on_screen(clip * vec4(b, 1.0)), q = on_screen(clip * vec4(c, 1.0));
  vec4 near_b = clip * vec4(b + lift, 1.0), near_c = clip * vec4(c + lift, 1.0);
  ends = vec4(p, q);
  others = vec4(on_screen(clip * vec4(a, 1.0)), on_screen(clip * vec4(d, 1.0)));
  more = vec4(b_more, c_more);

  vec2 way = q - p;
  float size = length(way);
  vec2 along = size > 1e-4 ? way / size : vec2(1.0, 0.0);
  vec2 across = vec2(-along.y, along.x);
  bool at_end = (gl_VertexID & 1) == 1;
  float side = (gl_VertexID & 2) == 2 ? 1.0 : -1.0;
  pixel_at = (at_end ? q + along * reach : p - along * reach) + side * across * reach;
  float depth = at_end ? near_c.z / near_c.w : near_b.z / near_b.w;
  gl_Position = vec4(2.0 * pixel_at / area, depth, 1.0);
}
