// Letters by the browser's own fonts, on a canvas.
#ifdef __EMSCRIPTEN__

#include <emscripten.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "imgui_internal.h"
#include "platform/web_embed.h"
#include "platform/web_letters.h"
#include "ui/text_order.h"

// clang-format off
EM_JS(double, page_letter, (unsigned code, double size, int width, int height, unsigned char* pixels), {
  return Module.host.drawLetter(code, size, width, HEAPU8.subarray(pixels, pixels + 4 * width * height));
});
// clang-format on

namespace stride::platform {

namespace {

bool is_other(ImFontAtlas*, ImFontConfig*, ImWchar code) {
  const bool is_icon = code >= 0xF000 && code < 0xF900;
  return code >= 0x300 && !is_icon && code != IM_UNICODE_CODEPOINT_INVALID;
}

bool draw(ImFontAtlas* atlas, ImFontConfig* source, ImFontBaked* baked, void*, ImWchar code,
          ImFontGlyph* glyph, float* advance) {
  if (!is_other(atlas, source, code)) return false;
  const float reach = static_cast<float>(page_letter(code, baked->Size, 1, 0, nullptr));
  if (advance) {
    *advance = reach;
    return true;
  }
  constexpr int widest = 1024;
  const int width = std::clamp(static_cast<int>(reach) + 2, 1, widest),
            height = static_cast<int>(1.4f * baked->Size) + 2;
  std::vector<unsigned char> pixels(static_cast<size_t>(4 * width * height));
  page_letter(code, baked->Size, width, height, pixels.data());
  const ImFontAtlasRectId id = ImFontAtlasPackAddRect(atlas, width, height);
  if (id == ImFontAtlasRectId_Invalid) return false;
  glyph->Codepoint = code;
  glyph->AdvanceX = reach;
  glyph->Visible = true;
  for (size_t i = 0; i < pixels.size(); i += 4)
    if (pixels[i + 3] > 200 && pixels[i] + pixels[i + 1] + pixels[i + 2] < 700) glyph->Colored = true;
  glyph->X1 = static_cast<float>(width);
  glyph->Y0 = std::round(baked->Ascent) - baked->Size;
  glyph->Y1 = glyph->Y0 + static_cast<float>(height);
  glyph->PackId = id;
  ImFontAtlasBakedSetFontGlyphBitmap(atlas, baked, source, glyph, ImFontAtlasPackGetRect(atlas, id),
                                     pixels.data(), ImTextureFormat_RGBA32, 4 * width);
  return true;
}

}  // namespace

ui::OtherLetters other_letters() {
  static const ImFontLoader loader = [] {
    ImFontLoader l;
    l.FontSrcContainsGlyph = is_other;
    l.FontBakedLoadGlyph = draw;
    return l;
  }();
  ui::order_letters([](const std::string& line) { return page_string("order", line.c_str()); });
  return {&loader, [](const std::string& words) { return page_string("join", words.c_str()); }};
}

}  // namespace stride::platform

#endif
