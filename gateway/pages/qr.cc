#include "gateway/pages/qr.h"

#include <png.h>
#include <qrencode.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "gateway/limits.h"

namespace hoiam::gateway {
namespace {

constexpr int kQuiet = 4;  // modules, as the standard wants

struct FreeQr {
  void operator()(QRcode* code) const { QRcode_free(code); }
};

// The modules with their quiet zone; empty for a text that no code holds.
class Modules {
 public:
  explicit Modules(absl::string_view text)
      : code_(QRcode_encodeString8bit(std::string(text).c_str(), 0, QR_ECLEVEL_M)) {}
  int size() const { return code_ ? code_->width + 2 * kQuiet : 0; }
  bool dark(int x, int y) const {
    x -= kQuiet;
    y -= kQuiet;
    return x >= 0 && y >= 0 && x < code_->width && y < code_->width && (code_->data[y * code_->width + x] & 1) != 0;
  }

 private:
  const std::unique_ptr<QRcode, FreeQr> code_;
};

bool IsToken(absl::string_view s) {
  return s.size() == kTokenCharacters &&
         std::all_of(s.begin(), s.end(), [](char c) { return absl::ascii_isalnum(c) || c == '-' || c == '_'; });
}

}  // namespace

std::string QrSvg(absl::string_view text) {
  const Modules m(text);
  const int n = m.size();
  std::string out =
      absl::StrCat("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ", n, " ", n,
                   "\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h", n, "v", n, "H0z\"/><path d=\"");
  for (int y = 0; y < n; ++y) {
    for (int x = 0; x < n; ++x) {
      int end = x;
      while (end < n && m.dark(end, y)) ++end;
      if (end > x) absl::StrAppend(&out, "M", x, " ", y, "h", end - x, "v1H", x, "z");
      x = end;
    }
  }
  return out + "\"/></svg>";
}

std::string QrPng(absl::string_view text) {
  const Modules m(text);
  const int side = m.size() * kQrPixels;
  std::vector<unsigned char> pixels(static_cast<size_t>(side) * side);
  for (int y = 0; y < side; ++y)
    for (int x = 0; x < side; ++x) pixels[y * side + x] = m.dark(x / kQrPixels, y / kQrPixels) ? 0 : 255;
  png_image image;
  std::memset(&image, 0, sizeof image);
  image.version = PNG_IMAGE_VERSION;
  image.width = image.height = side;
  image.format = PNG_FORMAT_GRAY;
  std::string out(PNG_IMAGE_PNG_SIZE_MAX(image), '\0');
  png_alloc_size_t bytes = out.size();
  if (!png_image_write_to_memory(&image, out.data(), &bytes, 0, pixels.data(), 0, nullptr)) bytes = 0;
  out.resize(bytes);
  return out;
}

std::optional<HttpResponse> QrAt(absl::string_view path, absl::string_view public_url) {
  absl::string_view token = path;
  if (!absl::ConsumePrefix(&token, "/s/")) return std::nullopt;
  const bool svg = absl::ConsumeSuffix(&token, "/qr.svg");
  if (!svg && !absl::ConsumeSuffix(&token, "/qr.png")) return std::nullopt;
  if (!IsToken(token)) return std::nullopt;
  const std::string link = absl::StrCat(public_url, "/s/", token);
  HttpResponse r;
  r.status = 200;
  r.content_type = svg ? "image/svg+xml" : "image/png";
  r.headers = {{"Cache-Control", kQrCacheControl},
               {"Content-Security-Policy", "default-src 'none'"},
               {"X-Robots-Tag", "noindex"}};
  r.body = svg ? QrSvg(link) : QrPng(link);
  return r;
}

}  // namespace hoiam::gateway
