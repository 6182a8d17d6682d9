#include "render/gl.h"

namespace stride::render {
namespace {

std::string log_of(GLuint object, bool program) {
  char text[2048] = {};
  GLsizei length = 0;
  if (program)
    glGetProgramInfoLog(object, sizeof text - 1, &length, text);
  else
    glGetShaderInfoLog(object, sizeof text - 1, &length, text);
  return std::string(text, static_cast<std::size_t>(length));
}

GLuint compile(GLenum stage, const char* source, std::string& error) {
  const GLuint shader = glCreateShader(stage);
  const char* parts[] = {shader_prefix, source};
  glShaderSource(shader, 2, parts, nullptr);
  glCompileShader(shader);
  GLint good = 0;
  glGetShaderiv(shader, GL_COMPILE_STATUS, &good);
  if (good) return shader;
  error = log_of(shader, false);
  if (error.empty()) error = "no log";
  glDeleteShader(shader);
  return 0;
}

}  // namespace

GLuint make_program(const char* name, const char* vertex, const char* fragment, std::string& error) {
  std::string log;
  const GLuint v = compile(GL_VERTEX_SHADER, vertex, log);
  if (!v) {
    error = std::string(name) + ".vert: " + log;
    return 0;
  }
  const GLuint f = compile(GL_FRAGMENT_SHADER, fragment, log);
  if (!f) {
    glDeleteShader(v);
    error = std::string(name) + ".frag: " + log;
    return 0;
  }
  GLuint program = glCreateProgram();
  glAttachShader(program, v);
  glAttachShader(program, f);
  glLinkProgram(program);
  glDeleteShader(v);
  glDeleteShader(f);
  GLint good = 0;
  glGetProgramiv(program, GL_LINK_STATUS, &good);
  if (good) return program;
  error = std::string(name) + ": " + log_of(program, true);
  glDeleteProgram(program);
  return 0;
}

void upload(GLenum target, GLuint buffer, const void* data, std::size_t bytes, GLenum usage) {
  glBindBuffer(target, buffer);
  glBufferData(target, static_cast<GLsizeiptr>(bytes), data, usage);
}

void attribute(GLuint location, int size, int stride, std::size_t offset, unsigned divisor) {
  glEnableVertexAttribArray(location);
  glVertexAttribPointer(location, size, GL_FLOAT, GL_FALSE, stride * static_cast<int>(sizeof(float)),
                        reinterpret_cast<const void*>(offset * sizeof(float)));
  glVertexAttribDivisor(location, divisor);
}

void set_uniform(GLuint program, const char* name, float value) {
  glUniform1f(glGetUniformLocation(program, name), value);
}
void set_uniform(GLuint program, const char* name, float x, float y) {
  glUniform2f(glGetUniformLocation(program, name), x, y);
}
void set_uniform(GLuint program, const char* name, float x, float y, float z) {
  glUniform3f(glGetUniformLocation(program, name), x, y, z);
}
void set_uniform(GLuint program, const char* name, float x, float y, float z, float w) {
  glUniform4f(glGetUniformLocation(program, name), x, y, z, w);
}
void set_uniform_matrix(GLuint program, const char* name, const float* columns) {
  glUniformMatrix4fv(glGetUniformLocation(program, name), 1, GL_FALSE, columns);
}

GLuint make_texture(bool smooth) {
  GLuint texture = 0;
  glGenTextures(1, &texture);
  glBindTexture(GL_TEXTURE_2D, texture);
  for (GLenum filter : {GL_TEXTURE_MIN_FILTER, GL_TEXTURE_MAG_FILTER})
    glTexParameteri(GL_TEXTURE_2D, filter, smooth ? GL_LINEAR : GL_NEAREST);
  for (GLenum wrap : {GL_TEXTURE_WRAP_S, GL_TEXTURE_WRAP_T})
    glTexParameteri(GL_TEXTURE_2D, wrap, GL_CLAMP_TO_EDGE);
  glBindTexture(GL_TEXTURE_2D, 0);
  return texture;
}

void upload_texture(GLuint texture, int width, int height, const unsigned char* rgba) {
  glBindTexture(GL_TEXTURE_2D, texture);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, rgba);
  glBindTexture(GL_TEXTURE_2D, 0);
}

}  // namespace stride::render
