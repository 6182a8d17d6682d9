in vec2 pixel_at;
flat in vec4 ends;
flat in vec4 others;
flat in vec4 more;

uniform vec4 colour;
uniform vec4 outline;
uniform float half_width;  // of the core, pixels
uniform float border;      // width of the outline, pixels
uniform float cursor;      // later rows are faint
uniform float later;       // how faint
uniform float opacity;

layout(location = 0) out vec4 pixel;

float along(vec2 at, vec2 p, vec2 q) {
  vec2 way = q - p;
  return clamp(dot(at - p, way) / max(dot(way, way), 1e-8), 0.0, 1.0);
}
float away(vec2 at, vec2 p, vec2 q) { return distance(at, mix(p, q, along(at, p, q))); }

void main() {
  float t = along(pixel_at, ends.xy, ends.zw);
  float mine = distance(pixel_at, mix(ends.xy, ends.zw, t));
  if (others.xy != ends.xy && away(pixel_at, others.xy, ends.xy) <= mine) discard;
  if (others.zw != ends.zw && away(pixel_at, ends.zw, others.zw) < mine - 0.01) discard;

  float row = mix(more.x, more.z, t);
  float fade = mix(more.y, more.w, t) * (row > cursor ? later : 1.0) * opacity;
  float core = clamp(half_width + 0.5 - mine, 0.0, 1.0);
  float around = clamp(half_width + border + 0.5 - mine, 0.0, 1.0) * outline.a;
  float coverage = core * colour.a + (1.0 - core) * around;
  vec3 mixed = mix(outline.rgb, colour.rgb, core);
  if (coverage * fade < 0.004) discard;
  pixel = vec4(mixed, coverage * fade);
}
