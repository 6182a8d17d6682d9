// Colour by loss, soft light, contour lines and a fine grid at the axes' numbers, all anti-aliased by the slope of what they follow.
in vec2 place;
in vec2 slopes;
in vec2 scales;

uniform sampler2D colours;
uniform sampler2D overlay;   // over the domain, its first row at ymin
uniform float overlay_share; // 0: none
uniform float fog;           // 1: the overlay hides what is under it
uniform vec3 sun;          // towards the light, in the world
uniform float relief;      // how much light models the shape, 0 .. 1
uniform float line_width;  // device pixels
uniform float major_every;
uniform vec2 half_size;     // of the domain in the world
uniform vec2 tick_origin;  // world position of a tick and
uniform vec2 tick_step;    // distance of ticks
uniform vec4 glass;        // rgb: what shines through from behind; a: opacity

layout(location = 0) out vec4 pixel;

// Coverage of lines of `width` pixels where `v` is whole, given v's change per pixel.
// On flat ground it is what rounding makes of it, and no line is drawn.
float lines(float v, float per_pixel, float width) {
  float flat_ground = 1e-5;
  float away = abs(fract(v - 0.5) - 0.5) / max(per_pixel, flat_ground);
  float covered = clamp(0.5 * width + 0.5 - away, 0.0, 1.0);
  // Lines too close to be told apart become a tint, not a moire.
  return covered * (1.0 - smoothstep(0.15, 0.4, per_pixel)) * step(flat_ground, per_pixel);
}

void main() {
  float loss = clamp(scales.x, 0.0, 1.0);
  vec3 colour = texture(colours, vec2((loss * 255.0 + 0.5) / 256.0, 0.5)).rgb;

  vec4 above = texture(overlay, 0.5 + 0.5 * place / half_size);
  colour = mix(colour, above.rgb, above.a * overlay_share);

  vec3 normal = normalize(vec3(-slopes, 1.0));
  float direct = max(dot(normal, sun), 0.0);
  float sky = 0.5 + 0.5 * normal.z;
  float light = 0.46 + 0.22 * sky + 0.52 * direct;
  float seen = 1.0 - fog * above.a;
  colour *= mix(1.0, light, relief * seen);

  float per_pixel = length(vec2(dFdx(scales.y), dFdy(scales.y)));
  float minor = lines(scales.y, per_pixel, line_width);
  float major = lines(scales.y / major_every, per_pixel / major_every, 1.5 * line_width);
  float contour = seen * max(0.30 * minor, 0.62 * major);
  float bright = dot(colour, vec3(0.299, 0.587, 0.114));
  vec3 ink = mix(colour * 1.9 + 0.10, colour * 0.22, smoothstep(0.16, 0.34, bright));
  colour = mix(colour, ink, contour);

  vec2 grid = (place - tick_origin) / tick_step;
  vec2 grid_change = fwidth(grid);
  float fine = max(lines(grid.x, grid_change.x, line_width), lines(grid.y, grid_change.y, line_width));
  colour = mix(colour, vec3(1.0), 0.07 * fine);

  float opacity = glass.a < 1.0 ? max(glass.a, 0.6 * contour) : 1.0;
  pixel = vec4(mix(glass.rgb, colour, glass.a < 1.0 ? 0.85 : 1.0), opacity);
}
