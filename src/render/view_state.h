// What stands behind a SurfaceView.
#pragma once

#include <optional>

#include "render/camera.h"
#include "render/scene.h"
#include "render/surface_view.h"

namespace stride::render {

struct SurfaceView::State {
  Scene scene;

  // A frame asks for the same camera many times (labels, hover, hit tests), and
  // fitting one takes a while.
  std::optional<Camera> camera;
  View view;
  Rect area{};

  /// What is made of the mesh is made anew.
  void mesh_changed();

  const Camera& camera_of(const View& v, const Rect& a) {
    const bool same_area = area.x == a.x && area.y == a.y && area.w == a.w && area.h == a.h &&
                           area.top == a.top && area.right == a.right && area.bottom == a.bottom;
    if (!camera || !same_area || !(view == v)) {
      camera = make_camera(v, a, scene.mesh);
      view = v;
      area = a;
    }
    return *camera;
  }
};

}  // namespace stride::render
