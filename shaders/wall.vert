// The walls of the block: coloured glass that fades towards its foot.
layout(location = 0) in vec3 position;
layout(location = 1) in float loss;
layout(location = 2) in float depth;

uniform mat4 clip;

out float shade;
out float deep;

void main() {
  shade = loss;
  deep = depth;
  gl_Position = clip * vec4(position, 1.0);
}
