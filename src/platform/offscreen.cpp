#ifndef __EMSCRIPTEN__

#include "platform/offscreen.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "raster/gif.h"
#include "render/gl.h"

namespace stride::platform {

Screen scaled(const Screen& screen, double by) {
  const auto side = [by](int pixels) { return std::max(static_cast<int>(std::lround(pixels * by)), 1); };
  return {side(screen.width), side(screen.height), static_cast<float>(screen.ratio * by)};
}

Offscreen::Offscreen(const Screen& screen) : screen_(screen) {
  const int w = screen.width, h = screen.height;
  glGenFramebuffers(2, framebuffer_);
  glGenRenderbuffers(2, colour_);
  glGenRenderbuffers(1, &depth_);
  for (int i = 0; i < 2; ++i) {
    glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_[i]);
    glBindRenderbuffer(GL_RENDERBUFFER, colour_[i]);
    glRenderbufferStorageMultisample(GL_RENDERBUFFER, i == 0 ? 4 : 0, GL_RGBA8, w, h);
    glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, colour_[i]);
  }
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_[0]);
  glBindRenderbuffer(GL_RENDERBUFFER, depth_);
  glRenderbufferStorageMultisample(GL_RENDERBUFFER, 4, GL_DEPTH_COMPONENT24, w, h);
  glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_DEPTH_ATTACHMENT, GL_RENDERBUFFER, depth_);
}

Offscreen::~Offscreen() {
  glDeleteFramebuffers(2, framebuffer_);
  glDeleteRenderbuffers(2, colour_);
  glDeleteRenderbuffers(1, &depth_);
}

Error Offscreen::fault() const {
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_[0]);
  if (glCheckFramebufferStatus(GL_FRAMEBUFFER) == GL_FRAMEBUFFER_COMPLETE) return {};
  return error_of({.says = "the picture could not be drawn: a framebuffer of this size is not available"});
}

void Offscreen::draw(App& app) {
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_[0]);
  platform::draw(app, app.now + 1 / 60.0, screen_.width, screen_.height, screen_.ratio);
}

raster::Picture Offscreen::picture() const {
  const int width = screen_.width, height = screen_.height;
  glBindFramebuffer(GL_READ_FRAMEBUFFER, framebuffer_[0]);
  glBindFramebuffer(GL_DRAW_FRAMEBUFFER, framebuffer_[1]);
  glBlitFramebuffer(0, 0, width, height, 0, 0, width, height, GL_COLOR_BUFFER_BIT, GL_NEAREST);
  glBindFramebuffer(GL_READ_FRAMEBUFFER, framebuffer_[1]);
  const size_t row = static_cast<size_t>(width) * 3;
  raster::Picture out{width, height, std::vector<unsigned char>(row * static_cast<size_t>(height))};
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  for (int y = 0; y < height; ++y)
    glReadPixels(0, height - 1 - y, width, 1, GL_RGB, GL_UNSIGNED_BYTE,
                 out.rgb.data() + row * static_cast<size_t>(y));
  return out;
}

namespace {

/// Until what was open has closed and every panel shows what the others have moved.
constexpr int frames_to_settle = 3;

raster::Picture settled(App& app, Offscreen& target) {
  for (int i = 0; i < frames_to_settle; ++i) target.draw(app);
  return target.picture();
}

}  // namespace

Error draw_picture(App& app, const Screen& screen, std::string& png) {
  Offscreen target(screen);
  if (Error error = target.fault()) return error;
  const raster::Picture picture = settled(app, target);
  png = raster::png(picture.width, picture.height, picture.rgb);
  return {};
}

Error draw_film(App& app, const Screen& screen, double seconds, std::string& gif) {
  constexpr double usual_delay = 0.12, most_pixels = 5e7;
  Offscreen target(screen);
  if (Error error = target.fault()) return error;
  const double each = 1.0 * screen.width * screen.height;
  const int count = std::max(static_cast<int>(std::min(seconds / usual_delay, most_pixels / each)), 2);
  Scenario& scenario = app.lab.session.scenario;
  const int cursor = scenario.view.cursor;
  std::vector<raster::Picture> frames;
  for (int i = 0; i < count; ++i) {
    scenario.view.cursor = static_cast<int>(std::lround(1.0 * i * scenario.steps / (count - 1)));
    frames.push_back(settled(app, target));
  }
  scenario.view.cursor = cursor;
  gif = raster::gif(frames, static_cast<int>(std::lround(100 * seconds / count)));
  return {};
}

}  // namespace stride::platform

#endif  // __EMSCRIPTEN__
