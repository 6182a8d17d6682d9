// The few OpenGL objects that the renderer owns, for WebGL 2 and OpenGL 3.3 core alike. The only file that
// knows which of the two it is.
#pragma once

#ifdef __EMSCRIPTEN__
#include <GLES3/gl3.h>
#elif defined(__APPLE__)
#define GL_SILENCE_DEPRECATION
#include <OpenGL/gl3.h>
#else
#ifndef GL_GLEXT_PROTOTYPES
#define GL_GLEXT_PROTOTYPES
#endif
#include <GL/gl.h>
#include <GL/glext.h>
#endif

#include <cstddef>
#include <string>

namespace stride::render {

/// What stands before every shader: the files themselves carry no #version line.
#ifdef __EMSCRIPTEN__
inline constexpr const char* shader_prefix =
    "#version 300 es\nprecision highp float;\nprecision highp int;\nprecision highp sampler2D;\n";
#else
inline constexpr const char* shader_prefix = "#version 330 core\n";
#endif

/// Compiles and links; 0 and the log in `error` (after `name`) on failure. Attribute locations stand in the
/// shaders' layout qualifiers.
GLuint make_program(const char* name, const char* vertex, const char* fragment, std::string& error);

/// A buffer that grows and is written anew each time (`GL_STREAM_DRAW`) or seldom (`GL_STATIC_DRAW`).
void upload(GLenum target, GLuint buffer, const void* data, std::size_t bytes, GLenum usage);

/// A float attribute of the bound array buffer: `size` floats at `offset` floats in records of `stride`
/// floats. `divisor` 1: one record an instance.
void attribute(GLuint location, int size, int stride, std::size_t offset, unsigned divisor);

/// An RGBA texture that is not repeated; `smooth`: blended between texels.
GLuint make_texture(bool smooth);
void upload_texture(GLuint texture, int width, int height, const unsigned char* rgba);

void set_uniform(GLuint program, const char* name, float value);
void set_uniform(GLuint program, const char* name, float x, float y);
void set_uniform(GLuint program, const char* name, float x, float y, float z);
void set_uniform(GLuint program, const char* name, float x, float y, float z, float w);
void set_uniform_matrix(GLuint program, const char* name, const float* columns);

}  // namespace stride::render
