in float shade;
in float deep;

uniform sampler2D colours;
uniform float strength;

layout(location = 0) out vec4 pixel;

void main() {
  vec3 colour = texture(colours, vec2((clamp(shade, 0.0, 1.0) * 255.0 + 0.5) / 256.0, 0.5)).rgb;
  float clear = 1.0 - deep;
  pixel = vec4(colour, strength * clear * clear);
}
