in vec2 at;
flat in vec4 mark;
flat in vec4 inner;
flat in vec4 outer;

uniform float opacity;

layout(location = 0) out vec4 pixel;

// Signed distance to the shape's edge in pixels, negative inside.
float shape(vec2 p, float radius) {
  if (mark.y < 1.5) return length(p) - radius;
  if (mark.y < 2.5) return (abs(p.x) + abs(p.y) - radius) * 0.7071;
  float c = cos(mark.z), s = sin(mark.z);
  vec2 q = vec2(c * p.x + s * p.y, abs(-s * p.x + c * p.y));
  // A head with its tip at the place marked and its back at -radius.
  return max(dot(q, normalize(vec2(0.45, 1.0))), -q.x - radius);
}

void main() {
  float d = shape(at, mark.x);
  float whole = clamp(0.5 - d, 0.0, 1.0);
  float core = clamp(0.5 - d - mark.w, 0.0, 1.0);
  float a = core * inner.a + (whole - core) * outer.a;
  vec3 colour = (inner.rgb * core * inner.a + outer.rgb * (whole - core) * outer.a) / max(a, 1e-4);
  if (a * opacity < 0.004) discard;
  pixel = vec4(colour, a * opacity);
}
