// QR codes of links, read by a decoder that knows nothing of us (ZXing).
#define ZX_USE_UTF8 1  // texts as std::string
#include "gateway/pages/qr.h"

#include <ZXing/BarcodeFormat.h>
#include <ZXing/ReadBarcode.h>
#include <gmock/gmock.h>
#include <png.h>

#include <cstring>
#include <regex>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gateway/limits.h"

namespace hoiam::gateway {
namespace {

constexpr char kUrl[] = "https://hoi.nhaen.example";
constexpr char kToken[] = "Zx9_-0123456789abcdefG";

struct Gray {
  int width = 0, height = 0;
  std::vector<unsigned char> pixels;
};

Gray FromPng(const std::string& bytes) {
  png_image image;
  std::memset(&image, 0, sizeof image);
  image.version = PNG_IMAGE_VERSION;
  Gray g;
  if (!png_image_begin_read_from_memory(&image, bytes.data(), bytes.size())) return g;
  image.format = PNG_FORMAT_GRAY;
  g.pixels.resize(PNG_IMAGE_SIZE(image));
  if (!png_image_finish_read(&image, nullptr, g.pixels.data(), 0, nullptr)) return Gray();
  g.width = static_cast<int>(image.width);
  g.height = static_cast<int>(image.height);
  return g;
}

// Paints the bars of the second path, `scale` pixels a unit.
Gray FromSvg(const std::string& svg, int scale) {
  Gray g;
  std::smatch box;
  if (!std::regex_search(svg, box, std::regex("viewBox=\"0 0 (\\d+) (\\d+)\""))) return g;
  const int n = std::stoi(box[1]);
  g.width = g.height = n * scale;
  g.pixels.assign(static_cast<size_t>(g.width) * g.height, 255);
  const std::regex bar("M(\\d+) (\\d+)h(\\d+)v1H(\\d+)z");
  for (std::sregex_iterator it(svg.begin(), svg.end(), bar), end; it != end; ++it) {
    const int x = std::stoi((*it)[1]), y = std::stoi((*it)[2]), w = std::stoi((*it)[3]);
    for (int py = y * scale; py < (y + 1) * scale; ++py)
      std::memset(&g.pixels[static_cast<size_t>(py) * g.width + x * scale], 0, static_cast<size_t>(w) * scale);
  }
  return g;
}

ZXing::Result Read(const Gray& g) {
  ZXing::DecodeHints hints;
  hints.setFormats(ZXing::BarcodeFormat::QRCode);
  return ZXing::ReadBarcode({g.pixels.data(), g.width, g.height, ZXing::ImageFormat::Lum}, hints);
}

std::string TextIn(const Gray& g) {
  const ZXing::Result r = Read(g);
  return r.isValid() ? r.text() : "nothing was read";
}

std::string Path(absl::string_view token, absl::string_view file) { return absl::StrCat("/s/", token, "/", file); }

TEST(QrTest, ADecoderReadsTheLinkFromBothPictures) {
  const auto png = QrAt(Path(kToken, "qr.png"), kUrl), svg = QrAt(Path(kToken, "qr.svg"), kUrl);
  ASSERT_TRUE(png && svg);
  const std::string link = absl::StrCat(kUrl, "/s/", kToken);
  EXPECT_EQ(TextIn(FromPng(png->body)), link);
  EXPECT_EQ(TextIn(FromSvg(svg->body, 4)), link);
  EXPECT_EQ(png->content_type, "image/png");
  EXPECT_EQ(svg->content_type, "image/svg+xml");
}

TEST(QrTest, TheErrorCorrectionIsMAndTheQuietZoneIsFourModules) {
  const Gray g = FromPng(QrPng(absl::StrCat(kUrl, "/s/", kToken)));
  ASSERT_GT(g.width, 0);
  EXPECT_EQ(Read(g).ecLevel(), "M");
  int first_dark = g.width;
  for (int y = 0; y < g.height; ++y)
    for (int x = 0; x < g.width; ++x)
      if (g.pixels[static_cast<size_t>(y) * g.width + x] == 0) first_dark = std::min({first_dark, x, y});
  EXPECT_EQ(first_dark, 4 * kQrPixels);
}

TEST(QrTest, WithAPartOfItPaintedOverItIsStillRead) {
  Gray g = FromPng(QrPng(absl::StrCat(kUrl, "/s/", kToken)));
  const int side = g.width / 5;  // 4 % of the area, in the data
  for (int y = g.height / 2; y < g.height / 2 + side; ++y)
    std::memset(&g.pixels[static_cast<size_t>(y) * g.width + g.width / 2], 255, side);
  EXPECT_EQ(TextIn(g), absl::StrCat(kUrl, "/s/", kToken));
}

TEST(QrTest, EveryAddressIsItsOwnPictureAndAlwaysTheSame) {
  const std::string other = std::string(kToken).replace(0, 1, "A");
  EXPECT_EQ(QrAt(Path(kToken, "qr.svg"), kUrl)->body, QrAt(Path(kToken, "qr.svg"), kUrl)->body);
  EXPECT_NE(QrAt(Path(kToken, "qr.svg"), kUrl)->body, QrAt(Path(other, "qr.svg"), kUrl)->body);
  for (const auto& [name, value] : QrAt(Path(kToken, "qr.png"), kUrl)->headers)
    if (name == "Cache-Control") EXPECT_THAT(value, ::testing::HasSubstr("max-age="));
}

TEST(QrTest, OnlyWhatHasTheShapeOfATokenIsPainted) {
  for (const char* token : {"", "short", "Zx9_-0123456789abcdefGH", "Zx9_-0123456789abcdef.", "Zx9_-0123456789abcdef/",
                            "Zx9_-0123456789abcde%41"})
    EXPECT_FALSE(QrAt(Path(token, "qr.svg"), kUrl)) << token;
  EXPECT_FALSE(QrAt(Path(kToken, "qr.gif"), kUrl));
  EXPECT_FALSE(QrAt(absl::StrCat("/s/", kToken), kUrl));
  EXPECT_FALSE(QrAt(absl::StrCat("/x/", kToken, "/qr.svg"), kUrl));
}

}  // namespace
}  // namespace hoiam::gateway
